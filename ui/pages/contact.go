package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
)

// contact is how to reach somebody, and whether that is possible right now (S1). Enter
// leads to what can be done here instead.
type contact struct {
	visit *flow.Visit
	screen.Scroller
	choices Choices
}

// NewContact shows how to reach somebody.
func NewContact(visit *flow.Visit) screen.Screen {
	c := &contact{visit: visit}
	c.choices.SetPage(view.ContactPage(visit.Desk, visit.Desk.Clock.Now()))
	return c
}

// Overlay makes it one that the visitor comes back from.
func (c *contact) Overlay() {}

func (c *contact) Update(msg tea.Msg) tea.Cmd {
	if key, is := msg.(tea.KeyPressMsg); is && c.Scroll(key) {
		return nil
	}
	return c.choices.Update(msg)
}

func (c *contact) Keys() []keys.Binding {
	return c.Scroller.Keys(keys.Enter.WithHint(text.New("terugbellen", "call back")), keys.Esc)
}

func (c *contact) View(f screen.Frame) screen.Page {
	drawn := DrawPage(f, view.ContactPage(c.visit.Desk, f.Now), &c.choices)
	part := c.VisiblePage(f, drawn.Lines)
	if at := drawn.Cursor; part.Focus.From <= at.Y && at.Y <= part.Focus.To {
		part.Cursor = at
	}
	return part
}
