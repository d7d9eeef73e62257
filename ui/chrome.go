package ui

import (
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// headerLines draws the lines above the page, with the idle warning if it is shown. margin is the number of cells to the left
// of the lines.
func (a *App) headerLines(f screen.Frame, margin int) []string {
	h := bars.Header{
		Demo: a.options.Demo != nil, ServiceDesk: a.visit.IsServiceDesk(), SlowMode: a.visit.IsSlow, CustomerName: words.StripControl(a.customerName),
		HasMoreAbove: a.viewport.hasMoreAbove(), Notice: a.topNotice(),
	}
	lines, zones := h.Draw(f)
	a.viewport.zones = nil
	a.viewport.addClickZones(zones, margin, 0)
	return lines
}

// footerLines draws the lines below the page, which name the keys. margin is the number of cells to the left of the lines, and
// top the number of lines above them.
func (a *App) footerLines(f screen.Frame, margin, top int) []string {
	first := a.screenKeys()
	if _, typed := a.typedLine(); typed && f.Width >= screen.ColumnWidth { // On less, a press on the field opens it.
		first = append(first, keys.Keyboard)
	}
	lines, zones := bars.Footer{Keys: first, Global: a.globalKeys(), HasMoreBelow: a.viewport.hasMoreBelow()}.Draw(f)
	a.viewport.addClickZones(zones, margin, top)
	return lines
}

// globalKeys returns the keys that work on every screen. The least important keys come last.
func (a *App) globalKeys() []keys.Binding {
	view := keys.Theme
	if a.themeChanged {
		view = view.WithHint(a.themeName.FooterName())
	}
	all := []keys.Binding{keys.Language, keys.Help, view}
	if a.hasSpeech() {
		all = []keys.Binding{keys.Language, keys.Help, keys.Speech, view}
	}
	if a.options.Demo != nil {
		all = append(all, keys.Demo)
	}
	if a.visit.IsServiceDesk() {
		return all
	}
	return append(all, keys.SlowMode)
}

// explainedKeys returns the keys that the help explains, because they have an effect here.
func (a *App) explainedKeys() (all []keys.Binding) {
	isServiceDesk := a.visit.IsServiceDesk()
	for _, key := range keys.ExplainedKeys {
		switch key.FooterName() {
		case keys.Demo.FooterName():
			if a.options.Demo == nil {
				continue
			}
		case keys.Speech.FooterName(), keys.RepeatSpeech.FooterName(), keys.SpeechRate.FooterName():
			if !a.hasSpeech() {
				continue
			}
		case keys.Stop.FooterName():
			if a.options.WalkIn {
				continue
			}
		case keys.SlowMode.FooterName(), keys.KeptData.FooterName():
			if isServiceDesk {
				continue
			}
		case keys.LogOut.FooterName():
			if isServiceDesk {
				key = keys.CloseCard
			}
		}
		all = append(all, key)
	}
	return all
}

// screenKeys returns the keys of the open question or of the screen on top. The first screen of a desk that can be stopped
// names the key that stops it, as the way out (R16).
func (a *App) screenKeys() []keys.Binding {
	if a.dialog != nil {
		return a.dialog.Keys()
	}
	isFirst := a.screens.Len() == 1 && !a.visit.HasCustomer()
	if isFirst && !a.options.WalkIn {
		return append(a.topScreen().Keys(), keys.Stop)
	}
	return a.topScreen().Keys()
}
