package screen

import (
	"testing"

	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"
)

// TestWidth checks that Width agrees with lipgloss on any line, and in particular on lines of runes that take one cell.
func TestWidth(t *testing.T) {
	for r := rune(0); r < 0x3000; r++ {
		if takesOneCell(r) && lipgloss.Width(string(r)) != 1 {
			t.Errorf("%q takes %d cells", r, lipgloss.Width(string(r)))
		}
	}
	parts := []string{
		"a", " ", "é", "▶", "─", "€", "…", "e\u0301", "\u200d", "\ufe0f", "語", "👩\u200d🔧", "\u00ad", "\t", "\n",
		"\x1b[1m", "\x1b[m", "\x1b[38;5;166m", "\x1b[38:2::1:2:3m", "\x1b[2J", "\x1b]0;title\x07", "\x1b", "\x1b[", "\xff",
	}
	rapid.Check(t, func(t *rapid.T) {
		line := ""
		for _, part := range rapid.SliceOf(rapid.SampledFrom(parts)).Draw(t, "parts") {
			line += part
		}
		if got, want := Width(line), lipgloss.Width(line); got != want {
			t.Errorf("%q takes %d cells, not %d", line, want, got)
		}
	})
}
