// Package texttest holds texts to what the desk promises of them.
package texttest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loket/flows/text"
)

// CheckText holds a text to what every text of these screens must be: there in
// both languages, not too long to read, in lines that the screen breaks itself.
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
