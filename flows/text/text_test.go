package text_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"loket/flows/text"
)

func TestStripControl(t *testing.T) {
	for s, want := range map[string]string{
		"Özdemir": "Özdemir", "O\u0308zdemir": "Özdemir", "e\u034f\u0301": "é",
		"\x1b[2Ja\x7f\u009bb\xff": "[2Jab", "a\u202eb\u200bc\u00add\ufeff": "abcd", "a\ufe0fb\u3164c\U000e0041d": "abcd",
		"a\nb": "ab", "a\u00a0b": "a\u00a0b", "👍\ufe0f": "👍",
	} {
		if got := text.StripControl(s, ""); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
	if got := text.StripControl("a\nb\tc", "\n"); got != "a\nbc" {
		t.Errorf("kept %q", got)
	}
}

func TestLine(t *testing.T) {
	for s, want := range map[string]string{
		"  van\u00a0der   Berg\t": "van der Berg", "a\r\nb": "a b", "\u200b": "", "a\u3000b\u2028c": "a b c", "o\u0308": "ö",
	} {
		if got := text.SingleLine(s); got != want {
			t.Errorf("%q is %q, want %q", s, got, want)
		}
	}
}

// FuzzVisible: StripControl of its own result changes nothing, so text is the same
// wherever it is read.
func FuzzVisible(f *testing.F) {
	for _, s := range []string{"", "e\u034f\u0301", "\u1100\u1161", "a\u200d\u0301", "\xff\xc3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, made := range []string{text.StripControl(s, ""), text.SingleLine(s)} {
			if text.StripControl(made, "") != made || !norm.NFC.IsNormalString(made) || !utf8.ValidString(made) {
				t.Errorf("%q became %q", s, made)
			}
		}
		if line := text.SingleLine(s); text.SingleLine(line) != line {
			t.Errorf("%q became the line %q", s, line)
		}
	})
}

// TestLineOfASCII: the shortcut for text that is already on one line gives the same
// result as the full check.
func TestLineOfASCII(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[ -~\t]{0,12}`).Draw(r, "s")
		if got, want := text.SingleLine(s), strings.Join(strings.Fields(s), " "); got != want {
			r.Fatalf("%q became %q, want %q", s, got, want)
		}
	})
}

// TestFirstCharacters tests that a text is cut between characters, and only if it is longer.
func TestFirstCharacters(t *testing.T) {
	for _, test := range []struct {
		s    string
		most int
		want string
	}{{"", 3, ""}, {"één", 3, "één"}, {"éénling", 3, "één"}, {"abc", 0, ""}, {"a€b", 2, "a€"}} {
		if got := text.FirstCharacters(test.s, test.most); got != test.want {
			t.Errorf("the first %d characters of %q are %q", test.most, test.s, got)
		}
	}
}

// TestDescribeWait tests that a wait is rounded up, in a unit that people can picture.
func TestDescribeWait(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Millisecond: "1 second", 90 * time.Second: "90 seconds", 91 * time.Second: "2 minutes", 47 * time.Hour: "2820 minutes",
		48 * time.Hour: "2 days", 49 * time.Hour: "3 days", 7 * 24 * time.Hour: "7 days",
	} {
		if got := text.DescribeWait(d).EN; got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
