package ui

import (
	"loket/ui/demo"
	"loket/ui/screen"
)

// The panel of the demo stands beside what it was opened over, where there is room for both.
const (
	besideWidth = 120 // of such a terminal
	besideGap   = 3   // cells, with the line between
	maxBeside   = 60  // cells of the panel
)

// isBeside reports whether the panel of the demo is open, beside the screen under it.
func (a *App) isBeside() bool {
	_, panel := a.topScreen().(*demo.Panel)
	return panel && a.screens.Len() > 1 && a.terminal.width >= besideWidth
}

// besideFrame is what the panel draws in, at the right of a column.
func (a *App) besideFrame(column screen.Frame) screen.Frame {
	column.Width = min(column.FullWidth-column.Width-besideGap, maxBeside)
	return column
}

// drawBeside puts the lines of the panel at the right of what is to be seen of the screen under
// it, which steps back: that has no focus now.
func (a *App) drawBeside(panel []string) (lines []string) {
	f := a.columnFrame()
	p := drawWithRoom(a.screens.All()[a.screens.Len()-2], f)
	var part viewport
	part.scrollTo(p, f.Height)
	edge := f.Theme.DrawEdge()
	for i := range f.Height {
		var left, right string
		if at := part.topLine + i; at < len(p.Lines) {
			left = f.StepBack(p.Lines[at])
		}
		if i < len(panel) {
			right = panel[i]
		}
		lines = append(lines, screen.Pad(left, f.Width)+" "+edge+" "+right)
	}
	return lines
}
