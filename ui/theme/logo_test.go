package theme

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHouse checks that all lines of the logo have the same width, fit on the narrowest terminal, and have only glyphs that
// every console font has.
func TestHouse(t *testing.T) {
	lines := LogoLines()
	for _, line := range lines {
		if width := utf8.RuneCountInString(line); width != utf8.RuneCountInString(lines[0]) || width > 58 {
			t.Errorf("%q is %d wide", line, width)
		}
		if strings.Trim(line, " "+FullBlock) != "" {
			t.Errorf("%q", line)
		}
	}
}
