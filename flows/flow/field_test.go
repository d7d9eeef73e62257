package flow

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"loket/flows/text"
)

// keeper returns a field that stores every answer.
func keeper(v *string) Field {
	return Field{Name: "kept", Accept: func(s string) *text.Text { *v = s; return nil }}
}

func TestTake(t *testing.T) {
	long := strings.Repeat("é", MaxAnswerLength)
	for typed, want := range map[string]string{
		"":                       "",
		"gewoon":                 "gewoon",
		" met spaties ":          " met spaties ",
		"tab\ten\nregel":         "tabenregel",
		"\x1b[31mrood\x1b[0m":    "[31mrood[0m",
		"\u009b31mrood":          "31mrood",
		"rechts\u202enaar links": "rechtsnaar links",
		"zero\u200bwidth\ufeff":  "zerowidth",
		"nul\x00\x7f":            "nul",
		"kapot\xff\xc3":          "kapot",
		"ë € ☺":                  "ë € ☺",
		long:                     long,
		long + "\u200b":          long,
	} {
		var got string
		if why := keeper(&got).CheckAnswer(typed); why != nil || got != want {
			t.Errorf("%q becomes %q, want %q; %v", typed, got, want, why)
		}
	}
}

// TestTooLong tests that an answer that is too long is rejected, and never truncated.
func TestTooLong(t *testing.T) {
	kept := "before"
	f := keeper(&kept)
	if why := f.CheckAnswer(strings.Repeat("é", MaxAnswerLength+1)); why == nil || !strings.Contains(why.EN, "100") || kept != "before" {
		t.Errorf("kept %q; %v", kept, why)
	}
	f.MaxCharacters = 200
	if why := f.CheckAnswer(strings.Repeat("é", 200)); why != nil || f.MaxLength() != 200 {
		t.Errorf("refused what fits: %v", why)
	}
}

func FuzzTake(f *testing.F) {
	f.Add("\x1b]0;titel\x07")
	f.Add("\xf0\x28\x8c\x28")
	f.Add(strings.Repeat("\u202e", 200))
	f.Fuzz(func(t *testing.T, typed string) {
		var got, again string
		if keeper(&got).CheckAnswer(typed) != nil {
			return
		}
		if !plainText(got) {
			t.Errorf("%q becomes %q", typed, got)
		}
		if keeper(&again).CheckAnswer(got); again != got {
			t.Errorf("%q becomes %q, and that %q", typed, got, again)
		}
	})
}

// plainText reports whether s has a bounded length and no control characters.
func plainText(s string) bool {
	bad := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= MaxAnswerLength && !strings.ContainsFunc(s, bad)
}
