package ui

import (
	"charm.land/lipgloss/v2"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// How the lines above and below a page are written.

// moment is date and time, in the longest form that fits.
func moment(f screen.Frame, width int) string {
	now := f.Now.In(dutch.Amsterdam)
	date := dutch.DateOf(f.Now)
	for _, day := range []text.Text{date.Full(), date.Long()} {
		if both := f.Say(day) + "  " + now.Format("15:04"); lipgloss.Width(both) <= width {
			return both
		}
	}
	return now.Format("15:04")
}

// rule is a line from side to side, with a mark at its end if there is more to
// see beyond it.
func rule(f screen.Frame, arrow string, more bool) string {
	if !more {
		return f.Theme.Across(f.Width)
	}
	mark := " " + arrow + " " + f.Say(text.New("meer", "more")) + " "
	return f.Theme.Across(f.Width-lipgloss.Width(mark)-2) + f.Theme.Strong.Render(mark) + f.Theme.Across(2)
}

func hintWidth(f screen.Frame, h keys.Binding) int {
	return lipgloss.Width(h.Name()) + 1 + lipgloss.Width(f.Say(h.Does))
}

// hintGap is how far hints stand apart: three cells, if that leaves room for all.
func hintGap(f screen.Frame, all []keys.Binding) int {
	const wide, narrow = 3, 2
	width := -wide
	for _, h := range all {
		width += hintWidth(f, h) + wide
	}
	if width > f.Width {
		return narrow
	}
	return wide
}
