package bars

import (
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
)

// FooterHeight is the number of lines of the footer.
const FooterHeight = 3

// A Footer shows the keys of the current screen or dialog and, below them, the keys that work on every screen. The least
// important keys come last.
type Footer struct {
	Keys, Global []keys.Binding
	HasMoreBelow bool // HasMoreBelow is true if the page continues below the visible part.
}

// Draw draws the footer, and returns where its keys can be clicked.
func (b Footer) Draw(f screen.Frame) (lines []string, zones []screen.KeyZone) {
	line, zones := drawRule(f, theme.FallingMark, b.HasMoreBelow, keys.PageDown)
	lines = append(lines, line)
	for _, row := range [][]keys.Binding{b.Keys, b.Global} {
		line, rowZones := DrawHints(f, row)
		for i := range rowZones {
			rowZones[i].Y = len(lines)
		}
		lines, zones = append(lines, line), append(zones, rowZones...)
	}
	return lines, zones
}
