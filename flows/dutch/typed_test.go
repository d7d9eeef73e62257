package dutch

import (
	"slices"
	"strings"
	"testing"
)

func TestTidy(t *testing.T) {
	for typed, want := range map[string]string{
		" a  b ":                              "a  b",
		"a\u00a0b\tc\nd\u3000e":               "a b c d e",
		"a‐b‑c‒d–e—f−g":                       "a-b-c-d-e-f-g",
		"\x1b[2Ja\x00\x7f\u009bb":             "[2Jab",
		"a\u200bb\ufeffc\u202ed\u00ad":        "abcd",
		"e\u0301":                             "é",
		"a\ufe0fb\u034f\u3164c":               "abc",
		"ｄ１２":                                 "d12",
		"a\xffb":                              "ab",
		strings.Repeat("a", maxTypedLength+1): "",
	} {
		if got := TidyTypedText(typed); got != want {
			t.Errorf("Tidy(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		s     string
		sizes []int
		want  []string
	}{
		{"", []int{2}, nil},
		{"abcde", []int{2}, []string{"ab", "cd", "e"}},
		{"abcdefg", []int{3, 2}, []string{"abc", "de", "fg"}},
	} {
		if got := splitIntoSizes(c.s, c.sizes...); !slices.Equal(got, c.want) {
			t.Errorf("split(%q, %v) = %q, want %q", c.s, c.sizes, got, c.want)
		}
	}
}
