// Package texttest checks the form of the texts on screens, for tests.
package texttest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loket/flows/text"
)

// CheckScreenText checks that a text of a screen exists in both languages, has at most 500 characters, and has no line breaks,
// because the screen wraps it.
func CheckScreenText(t *testing.T, all text.Text) {
	t.Helper()
	const longest = 500 // longest is the maximum number of characters.
	for _, s := range []string{all.NL, all.EN} {
		if s == "" || s != strings.TrimSpace(s) || strings.Contains(s, "\n") || strings.Contains(s, "  ") {
			t.Errorf("%q is not one tidy paragraph", s)
		}
		if n := utf8.RuneCountInString(s); n > longest {
			t.Errorf("%d characters, over %d: %s", n, longest, s)
		}
	}
}
