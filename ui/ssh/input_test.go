package ssh

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestKey holds where the first key ends.
func TestKey(t *testing.T) {
	for text, first := range map[string]string{
		"abc":              "a",
		"éa":               "é",
		"€":                "€",
		"\xe2\x82":         "\xe2",
		"\xffa":            "\xff",
		"\r\n":             "\r",
		"\x1b":             "\x1b",
		"\x1b\x1b":         "\x1b\x1b",
		"\x1bxy":           "\x1bx",
		"\x1béa":           "\x1bé",
		"\x1b[":            "\x1b[",
		"\x1b[Aa":          "\x1b[A",
		"\x1bOPa":          "\x1bOP",
		"\x1b[1;5Ca":       "\x1b[1;5C",
		"\x1b[<64;10;20Ma": "\x1b[<64;10;20M",
		"\x1b[1;":          "\x1b[1;",
		"\x1b[[Aa":         "\x1b[[",
		"\x1b[\x1b[A":      "\x1b[\x1b",
	} {
		if got := text[:key([]byte(text))]; got != first {
			t.Errorf("%q: %q, want %q", text, got, first)
		}
	}
}

// FuzzKey holds that cutting into keys comes to an end and loses nothing.
func FuzzKey(f *testing.F) {
	f.Add([]byte("a\x1b[A\x1b"))
	f.Add([]byte("\x1b\x1b\x1b[[[[\xff\x1bO"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for rest := text; len(rest) > 0; {
			n := key(rest)
			if n < 1 || n > len(rest) {
				t.Fatalf("%q: the first key has %d bytes", rest, n)
			}
			rest = rest[n:]
		}
		if utf8.Valid(text) && !bytes.ContainsRune(text, keyEscape) && keys(text, utf8.RuneCount(text)) != len(text) {
			t.Fatalf("%q has not as many keys as characters", text)
		}
	})
}

// given is what pastes gave, in words.
func given(parts []string, most int) (all []string) {
	p := &pastes{most: most, give: func(text []byte, pasted bool) {
		kind := "typed"
		if pasted {
			kind = "pasted"
		}
		if last := len(all) - 1; !pasted && last >= 0 && strings.HasPrefix(all[last], kind) {
			all[last] += string(text)
			return
		}
		all = append(all, kind+" "+string(text))
	}}
	for _, part := range parts {
		p.pass([]byte(part))
	}
	return all
}

// TestPasted holds what is taken for pasted.
func TestPasted(t *testing.T) {
	const begin, end = "\x1b[200~", "\x1b[201~"
	for name, test := range map[string]struct {
		sent string
		want []string
	}{
		"nothing pasted":    {"abc\x1b[A", []string{"typed abc\x1b[A"}},
		"in between":        {"a" + begin + "b\r\nc" + end + "d", []string{"typed a", "pasted b\r\nc", "typed d"}},
		"empty":             {begin + end, []string{"pasted "}},
		"two":               {begin + "a" + end + begin + "b" + end, []string{"pasted a", "pasted b"}},
		"sequences in it":   {begin + "\x1b[A\x1b[200~" + end, []string{"pasted \x1b[A\x1b[200~"}},
		"an end alone":      {"a" + end + "b", []string{"typed a" + end + "b"}},
		"one without end":   {"a" + begin + "bcd", []string{"typed a"}},
		"what is too long":  {begin + strings.Repeat("x", 50) + end + "a", []string{"pasted " + strings.Repeat("x", 20), "typed a"}},
		"an escape at last": {"a\x1b", []string{"typed a\x1b"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := given([]string{test.sent}, 20); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestPastesInPieces holds that it makes no difference in what pieces something comes,
// as long as none of them ends with a lone escape.
func TestPastesInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "é", "\r", "\x1b[A", "\x1b[200~", "\x1b[201~", "\x1b[20", "[200~",
		}), 0, 20).Draw(t, "sent"), "")
		var parts []string
		for rest := sent; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			if n < len(rest) && rest[n-1] == keyEscape {
				n++
			}
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		if whole, cut := given([]string{sent, "."}, 1000), given(append(parts, "."), 1000); fmt.Sprint(whole) != fmt.Sprint(cut) {
			t.Fatalf("%q comes to %q, and in the pieces %q to %q", sent, whole, parts, cut)
		}
	})
}
