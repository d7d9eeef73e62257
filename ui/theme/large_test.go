package theme

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLarge(t *testing.T) {
	for amount, want := range map[string]string{
		"€ 1.234,56": `
   ─┐   ──┐ ──┐ │ │  ┌── ┌──
€   │   ┌─┘  ─┤ └─┤  └─┐ ├─┐
   ─┴─. └── ──┘   │, ──┘ └─┘`,
		"EUR -7,890": `
        ──┐  ┌─┐ ┌─┐ ┌─┐
EUR  ──   │  ├─┤ └─┤ │ │
          │, └─┘ ──┘ └─┘`,
	} {
		lines := LargeAmount(amount)
		if got := "\n" + strings.Join(lines[:], "\n"); got != want {
			t.Errorf("%s is%s\nwant%s", amount, got, want)
		}
	}
}

// TestLargeIsOfConsoleGlyphs holds that digits look the same on every terminal (X9).
func TestLargeIsOfConsoleGlyphs(t *testing.T) {
	for r, glyph := range largeGlyphs {
		for _, line := range glyph {
			if strings.Trim(line, " ─│┌┐└┘├┤┴") != "" || utf8.RuneCountInString(line) != utf8.RuneCountInString(glyph[0]) {
				t.Errorf("%q is drawn with %q", r, line)
			}
		}
	}
}
