package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// How many lines stand above and below the page.
const (
	headerHeight = 2
	footerHeight = 3
)

// header names the desk and tells date and time, above a rule.
func (a *App) header(f screen.Frame) []string {
	left := f.Theme.House.Render("mijn.nn") + "  " + f.Say(words.Desk)
	if a.options.Demo != nil {
		left += "  " + f.Theme.Demo.Render("DEMO")
	}
	return []string{screen.Between(left, moment(f, f.Width-lipgloss.Width(left)-2), f.Width), rule(f, theme.Rising, a.sight.above())}
}

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

// footer names the keys: those of whatever goes first, and under them those
// that do the same on every screen.
func (a *App) footer(f screen.Frame) []string {
	a.sight.keys = nil
	first := a.top().Keys()
	if d := a.question(); d != nil {
		first = d.Keys()
	}
	y := headerHeight + f.Height + 1
	return []string{
		rule(f, theme.Falling, a.sight.below()),
		a.hints(f, first, y),
		a.hints(f, a.everywhere(), y+1),
	}
}

// everywhere is the keys of every screen, the least important last.
func (a *App) everywhere() []keys.Binding {
	view := keys.Theme
	if a.renamed {
		view = view.As(a.theme.Says())
	}
	all := []keys.Binding{keys.Language, keys.Help, view}
	if a.options.Demo != nil {
		all = append(all, keys.Demo)
	}
	return all
}

// hints writes as many keys as fit, with what they do, and remembers where they stand.
func (a *App) hints(f screen.Frame, all []keys.Binding, y int) string {
	var line strings.Builder
	x, gap := 0, hintGap(f, all)
	for _, h := range all {
		width := hintWidth(f, h)
		if x+width > f.Width {
			break
		}
		line.WriteString(f.Theme.Key.Render(h.Name()) + " " + f.Theme.Muted.Render(f.Say(h.Does)) + strings.Repeat(" ", gap))
		if press, is := h.Press(); is {
			a.sight.keys = append(a.sight.keys, zone{a.sight.x + x, y, width + gap, press})
		}
		x += width + gap
	}
	return strings.TrimRight(line.String(), " ")
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
