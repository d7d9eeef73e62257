package layout

import "loket/ui/screen"

// On a wide terminal, the demo panel is beside the screen from which it was opened.
const (
	MinPanelBesideWidth = 120 // MinPanelBesideWidth is the least width, in cells, of a terminal that shows the demo panel beside a screen.
	panelGap            = 3   // panelGap is the number of cells between screen and panel, including a vertical line.
	maxPanelWidth       = 60  // maxPanelWidth is the maximum width of the panel, in cells.
)

// HasRoomBeside reports whether the terminal is wide enough for a panel beside a screen.
func (t Terminal) HasRoomBeside() bool { return t.Width >= MinPanelBesideWidth }

// PanelFrame returns the frame for a panel at the right of a column.
func PanelFrame(column screen.Frame) screen.Frame {
	column.Width = min(column.FullWidth-column.Width-panelGap, maxPanelWidth)
	return column
}

// A Column is a screen at the left of a panel. The zero value is no column.
type Column struct {
	Screen screen.Screen
	Frame  screen.Frame
}

// width returns the number of cells that the column takes, including the gap at its right.
func (c Column) width() int {
	if c.Screen == nil {
		return 0
	}
	return c.Frame.Width + panelGap
}

// drawBeside draws the column in a weak style, with the lines of a panel at its right.
func (c Column) drawBeside(panel []string) (lines []string) {
	f := c.Frame
	p := DrawWithLargestGap(c.Screen, f)
	var part Viewport
	part.scrollTo(p, f.Height)
	edge := f.Theme.DrawEdge()
	for i := range f.Height {
		var left, right string
		if at := part.TopLine + i; at < len(p.Lines) {
			left = f.DrawMuted(p.Lines[at])
		}
		if i < len(panel) {
			right = panel[i]
		}
		lines = append(lines, screen.Pad(left, f.Width)+" "+edge+" "+right)
	}
	return lines
}
