package aids

import (
	"strings"
	"testing"
)

// TestReplaceCells checks that what is beside the replaced cells keeps its text and its style, and that replacing all items of a row
// makes the line hardly longer.
func TestReplaceCells(t *testing.T) {
	for _, c := range []struct {
		line     string
		x, width int
		want     string
	}{
		{"abcdef", 2, 2, "ab<cd>ef"},
		{"abcdef", 0, 6, "<abcdef>"},
		{"abc", 2, 4, "ab<c>"},
		{"\x1b[1mabcdef\x1b[m", 2, 2, "\x1b[1mab\x1b[m<cd>\x1b[1mef\x1b[m"},
		{"\x1b[1mab\x1b[m\x1b[7mcd\x1b[mef", 2, 2, "\x1b[1mab\x1b[m<cd>ef"},
		{"ab\x1b[1mcd\x1b[mef", 2, 2, "ab<cd>ef"},
		{"▶é語f", 1, 1, "▶<é>語f"},
	} {
		if got := replaceCells(c.line, c.x, c.width, func(text string) string { return "<" + text + ">" }); got != c.want {
			t.Errorf("%q becomes %q, not %q", c.line, got, c.want)
		}
	}
	row := strings.Repeat("[ \x1b[1mx\x1b[m ] ", 12)
	lit := row
	for i := range 12 {
		lit = replaceCells(lit, 6*i, 5, func(text string) string { return "\x1b[7m" + text + "\x1b[m" })
	}
	if len(lit) > 2*len(row) {
		t.Errorf("the row has %d bytes, and lit %d", len(row), len(lit))
	}
}
