package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// keptData is the screen that says which data the desk keeps of a visit.
type keptData struct {
	desk *desk.Desk
	screen.Scroller
	choices Choices
}

// NewKeptData returns the screen that says which data the desk keeps of a visit.
func NewKeptData(d *desk.Desk) screen.Screen {
	k := &keptData{desk: d}
	k.choices.SetPage(view.KeptDataPage(d))
	return k
}

// MarkAsOverlay marks the screen as an overlay: the screens under it stay open.
func (k *keptData) MarkAsOverlay() {}

func (k *keptData) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && k.Scroll(key) {
		return nil
	}
	return k.choices.Update(msg)
}

func (k *keptData) Keys() []keys.Binding {
	return k.Scroller.Keys(keys.Enter.WithHint(words.LowerFirst(flows.PlaceAt(place.Contact).Name)), keys.Esc)
}

func (k *keptData) View(f screen.Frame) screen.Page {
	drawn := DrawPage(f, view.KeptDataPage(k.desk), &k.choices)
	part := k.VisiblePage(f, drawn.Lines)
	part.Choices = drawn.Choices
	return part
}
