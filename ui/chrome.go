package ui

import (
	"loket/flows/text"
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// header returns the bar above the page.
func (a *App) header() bars.Header {
	return bars.Header{
		Demo: a.options.Demo != nil, ServiceDesk: a.visit.IsServiceDesk(), SlowMode: a.visit.IsSlow,
		CustomerName: words.StripControl(a.customerName), Notice: a.topNotice(),
	}
}

// topNotice returns the idle warning, or that speech was lost, in several lengths. It returns nil if there is neither.
func (a *App) topNotice() []text.Text {
	if warning := a.idleWarning(); warning != nil || !a.reader.IsLost() {
		return warning
	}
	return words.SpeechLostTexts
}

// footer returns the bar below a page in frame f, which names the keys.
func (a *App) footer(f screen.Frame) bars.Footer {
	first := a.screenKeys()
	if _, typed := a.typedLine(); typed && f.Width >= screen.ColumnWidth { // On less, a press on the field opens it.
		first = append(first, keys.Keyboard)
	}
	view := keys.Theme
	if a.themeChanged {
		view = view.WithHint(a.themeName.FooterName())
	}
	return bars.Footer{Keys: first, Global: keys.Global(a.keyConditions(), view)}
}

// keyConditions returns which keys have an effect on every screen.
func (a *App) keyConditions() keys.Conditions {
	return keys.Conditions{HasDemo: a.options.Demo != nil, HasSpeech: a.hasSpeech(), HasPlainFace: a.offersPlainFace(), CanStop: !a.options.WalkIn, IsServiceDesk: a.visit.IsServiceDesk()}
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
