// Package texttest checks the form of texts.
package texttest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loket/flows/text"
)

// CheckText checks a text of a screen: it exists in both languages, is at most 500
// characters, and has no line breaks, because the screen wraps it.
func CheckText(t *testing.T, all text.Text) {
	t.Helper()
	const longest = 500 // characters
	for _, s := range []string{all.NL, all.EN} {
		if s == "" || s != strings.TrimSpace(s) || strings.Contains(s, "\n") || strings.Contains(s, "  ") {
			t.Errorf("%q is not one tidy paragraph", s)
		}
		if n := utf8.RuneCountInString(s); n > longest {
			t.Errorf("%d characters, over %d: %s", n, longest, s)
		}
	}
}
