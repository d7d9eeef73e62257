package theme

import (
	"fmt"
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// palette is what the 16 colours of a Linux console look like while the desk is
// on it. Those that letters are drawn in have a contrast of at least 4.5 to 1 with
// what is behind them (WCAG 2.2, 1.4.3), as the console's own do not: bold letters
// that are reversed have its dark grey (8) on its light grey (7). The orange (3) is the
// house's, and in the place of cyan (6) is the grey of what may be overlooked.
var palette = [16]color.Color{
	lipgloss.Color("#000000"), lipgloss.Color("#E5484D"), lipgloss.Color("#2FB36B"), lipgloss.Color("#EE7F00"),
	lipgloss.Color("#6C9EF8"), lipgloss.Color("#C678DD"), lipgloss.Color("#9C9C9C"), lipgloss.Color("#E6E6E6"),
	lipgloss.Color("#202020"), lipgloss.Color("#FF6B6B"), lipgloss.Color("#4AD98A"), lipgloss.Color("#FF9D33"),
	lipgloss.Color("#8FB8FF"), lipgloss.Color("#E0A3F0"), lipgloss.Color("#6FDCE8"), lipgloss.Color("#FFFFFF"),
}

// SetPalette is what gives a Linux console the colours of the desk, and
// ResetPalette what gives it back its own (console_codes(4)). A terminal that is
// none takes either for a control string, which ends after it.
var (
	SetPalette   = setPalette()
	ResetPalette = "\x1b]R" + stringTerminator
)

const stringTerminator = "\x1b\\"

func setPalette() string {
	var all strings.Builder
	for i, c := range palette {
		r, g, b, _ := c.RGBA()
		fmt.Fprintf(&all, "\x1b]P%X%02x%02x%02x", i, r>>8, g>>8, b>>8)
	}
	return all.String() + stringTerminator
}
