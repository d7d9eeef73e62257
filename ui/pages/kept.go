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

// kept is the screen that says which data the desk keeps of a visit.
type kept struct {
	desk *desk.Desk
	screen.Scroller
	choices Choices
}

// NewKept returns the screen that says which data the desk keeps of a visit.
func NewKept(d *desk.Desk) screen.Screen {
	k := &kept{desk: d}
	k.choices.SetPage(view.Kept(d))
	return k
}

// Overlay marks the screen as an overlay: the screens under it stay open.
func (k *kept) Overlay() {}

func (k *kept) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && k.Scroll(key) {
		return nil
	}
	return k.choices.Update(msg)
}

func (k *kept) Keys() []keys.Binding {
	return k.Scroller.Keys(keys.Enter.WithHint(words.LowerFirst(flows.PlaceAt(place.Contact).Name)), keys.Esc)
}

func (k *kept) View(f screen.Frame) screen.Page {
	return k.VisiblePage(f, DrawPage(f, view.Kept(k.desk), &k.choices).Lines)
}
