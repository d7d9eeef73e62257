package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is the look of text on one line. It embeds the lipgloss.Style that says what the look is. Render puts only control sequences
// around a text, because a frame draws hundreds of texts, and lipgloss also wraps, aligns and frames each of them.
type Style struct {
	*lipgloss.Style
	before, after string // before and after are the control sequences around a text.
}

func newStyle(look lipgloss.Style) Style {
	const text = "x"
	before, after, _ := strings.Cut(look.Render(text), text)
	return Style{&look, before, after}
}

// Render draws a text of one line.
func (s Style) Render(text string) string { return s.before + text + s.after }
