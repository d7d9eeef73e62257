package pages

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/view"
)

// contact is the screen that says how to call the bank, and whether that is possible now (S1). Enter goes to what the visitor
// can do at the desk instead.
type contact struct {
	visit *flow.Visit
	screen.Scroller
	choices Choices
}

// NewContact returns the screen that says how to call the bank.
func NewContact(visit *flow.Visit) screen.Screen {
	c := &contact{visit: visit}
	c.choices.SetPage(view.ContactPage(visit.Desk, visit.Desk.Clock.Now()))
	return c
}

// MarkAsOverlay marks the screen as an overlay: the screens under it stay open.
func (c *contact) MarkAsOverlay() {}

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
	part.Choices = drawn.Choices
	if at := drawn.Cursor; part.Focus.From <= at.Y && at.Y <= part.Focus.To {
		part.Cursor = at
	}
	return part
}
