package ui

import (
	"strings"

	"charm.land/lipgloss/v2"

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
	return []string{screen.Between(left, moment(f, f.Width-lipgloss.Width(left)-2), f.Width), rule(f, theme.Rising, a.viewport.above())}
}

// footer names the keys: those of whatever goes first, and under them those
// that do the same on every screen.
func (a *App) footer(f screen.Frame) []string {
	a.viewport.hotspots = nil
	first := a.top().Keys()
	if d := a.openDialog(); d != nil {
		first = d.Keys()
	}
	y := headerHeight + f.Height + 1
	return []string{
		rule(f, theme.Falling, a.viewport.below()),
		a.hints(f, first, y),
		a.hints(f, a.globalKeys(), y+1),
	}
}

// globalKeys is the keys of every screen, the least important last.
func (a *App) globalKeys() []keys.Binding {
	view := keys.Theme
	if a.themeChanged {
		view = view.As(a.themeName.Says())
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
			a.viewport.hotspots = append(a.viewport.hotspots, hotspot{a.viewport.x + x, y, width + gap, press})
		}
		x += width + gap
	}
	return strings.TrimRight(line.String(), " ")
}
