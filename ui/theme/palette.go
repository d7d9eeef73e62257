package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// palette has the 16 colours that the desk gives to a Linux console. Colours of text have a contrast of at least 4.5 to 1 with
// their background (WCAG 2.2, 1.4.3). The standard colours of the console do not: reversed bold text is dark grey (8) on light
// grey (7). Colour 3 is the orange of the bank, and colour 6 is a grey for less important text.
var palette = [16]color.Color{
	lipgloss.Color("#000000"), lipgloss.Color("#E5484D"), lipgloss.Color("#2FB36B"), lipgloss.Color("#EE7F00"),
	lipgloss.Color("#6C9EF8"), lipgloss.Color("#C678DD"), lipgloss.Color("#9C9C9C"), lipgloss.Color("#E6E6E6"),
	lipgloss.Color("#202020"), lipgloss.Color("#FF6B6B"), lipgloss.Color("#4AD98A"), lipgloss.Color("#FF9D33"),
	lipgloss.Color("#8FB8FF"), lipgloss.Color("#E0A3F0"), lipgloss.Color("#6FDCE8"), lipgloss.Color("#FFFFFF"),
}

// SetPaletteSequence is the control sequence that gives a Linux console the colours of the desk, and ResetPaletteSequence the sequence that
// restores its own colours (console_codes(4)). Other terminals ignore both, because to them they are terminated control
// strings.
var (
	SetPaletteSequence   = buildPaletteSequence()
	ResetPaletteSequence = "\x1b]R" + stringTerminator
)

const stringTerminator = "\x1b\\"

func buildPaletteSequence() string {
	var all strings.Builder
	for i, c := range palette {
		r, g, b, _ := c.RGBA()
		fmt.Fprintf(&all, "\x1b]P%X%02x%02x%02x", i, r>>8, g>>8, b>>8)
	}
	return all.String() + stringTerminator
}
