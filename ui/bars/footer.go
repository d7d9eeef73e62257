package bars

import (
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
)

// FooterHeight is how many lines the footer has.
const FooterHeight = 3

// A Footer names the keys: those of whatever goes first, and under them those that do the
// same on every screen, the least important last.
type Footer struct {
	Keys, Global []keys.Binding
	HasMoreBelow bool // there is more to see below the page
}

// Draw draws it, and returns where its keys can be pressed.
func (b Footer) Draw(f screen.Frame) (lines []string, zones []screen.Zone) {
	line, zones := drawRule(f, theme.FallingMark, b.HasMoreBelow, keys.PageDown)
	lines = append(lines, line)
	for _, row := range [][]keys.Binding{b.Keys, b.Global} {
		line, rowZones := Hints(f, row)
		for i := range rowZones {
			rowZones[i].Y = len(lines)
		}
		lines, zones = append(lines, line), append(zones, rowZones...)
	}
	return lines, zones
}
