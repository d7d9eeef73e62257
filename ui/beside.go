package ui

import (
	"loket/ui/demo"
	"loket/ui/screen"
)

// On a wide terminal, the demo panel is beside the screen from which it was opened.
const (
	besideWidth    = 120 // besideWidth is the least width, in cells, of a terminal that shows the demo panel beside a screen.
	besideGap      = 3   // besideGap is the number of cells between screen and panel, including a vertical line.
	maxBesideWidth = 60  // maxBesideWidth is the maximum width of the panel, in cells.
)

// isBeside reports whether the demo panel is open beside another screen.
func (a *App) isBeside() bool {
	_, panel := a.topScreen().(*demo.Panel)
	return panel && a.screens.Len() > 1 && a.terminal.width >= besideWidth
}

// besideFrame returns the frame for the demo panel, at the right of a column.
func (a *App) besideFrame(column screen.Frame) screen.Frame {
	column.Width = min(column.FullWidth-column.Width-besideGap, maxBesideWidth)
	return column
}

// drawBeside draws the screen under the demo panel in a weak style, with the lines of the panel at its right.
func (a *App) drawBeside(panel []string) (lines []string) {
	f := a.columnFrame()
	p := drawWithRoom(a.screens.All()[a.screens.Len()-2], f)
	var part viewport
	part.scrollTo(p, f.Height)
	edge := f.Theme.DrawEdge()
	for i := range f.Height {
		var left, right string
		if at := part.topLine + i; at < len(p.Lines) {
			left = f.DrawMuted(p.Lines[at])
		}
		if i < len(panel) {
			right = panel[i]
		}
		lines = append(lines, screen.Pad(left, f.Width)+" "+edge+" "+right)
	}
	return lines
}
