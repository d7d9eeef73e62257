package ui

import (
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// header draws the lines above the page, with what is to be noticed if there is something.
func (a *App) header(f screen.Frame) []string {
	h := bars.Header{
		Demo: a.options.Demo != nil, Slow: a.idle.Slow(), Who: words.Clean(a.visit.Name),
		Above: a.viewport.above(), Notice: a.notice(),
	}
	lines, zones := h.Draw(f)
	a.viewport.zones = nil
	a.viewport.addZones(zones, 0)
	return lines
}

// footer draws the lines below the page, which name the keys.
func (a *App) footer(f screen.Frame) []string {
	first := a.top().Keys()
	if a.dialog != nil {
		first = a.dialog.Keys()
	}
	lines, zones := bars.Footer{Keys: first, Global: a.globalKeys(), Below: a.viewport.below()}.Draw(f)
	a.viewport.addZones(zones, bars.HeaderHeight+f.Height)
	return lines
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
	return append(all, keys.Slow)
}
