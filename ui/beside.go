package ui

import (
	"loket/ui/demo"
	"loket/ui/screen"
)

// On a wide terminal, the demo panel is beside the screen from which it was opened.
const (
	minPanelBesideWidth = 120 // minPanelBesideWidth is the least width, in cells, of a terminal that shows the demo panel beside a screen.
	panelGap            = 3   // panelGap is the number of cells between screen and panel, including a vertical line.
	maxPanelWidth       = 60  // maxPanelWidth is the maximum width of the panel, in cells.
)

// isPanelBeside reports whether the demo panel is open beside another screen.
func (a *App) isPanelBeside() bool {
	_, panel := a.topScreen().(*demo.Panel)
	return panel && a.screens.Len() > 1 && a.terminal.width >= minPanelBesideWidth
}

// panelFrame returns the frame for the demo panel, at the right of a column.
func (a *App) panelFrame(column screen.Frame) screen.Frame {
	column.Width = min(column.FullWidth-column.Width-panelGap, maxPanelWidth)
	return column
}

// drawBesidePanel draws the screen under the demo panel in a weak style, with the lines of the panel at its right.
func (a *App) drawBesidePanel(panel []string) (lines []string) {
	f := a.columnFrame()
	p := drawWithLargestGap(a.screens.OpenScreens()[a.screens.Len()-2], f)
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
