package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// contactScreen tells how to reach somebody, and whether that is possible right now
// (S1). Enter leads to what can be done here instead.
type contactScreen struct {
	visit *flow.Visit
	screen.Scroller
	instead screen.List
}

func newContact(visit *flow.Visit) screen.Screen {
	c := &contactScreen{visit: visit}
	for _, section := range contact.Sections(visit.Desk) {
		if section.Leads != "" {
			c.instead.Items = append(c.instead.Items, screen.PlaceItem(visit, section.Leads))
		}
	}
	return c
}

// Aside makes it one that the visitor comes back from.
func (c *contactScreen) Aside() {}

func (c *contactScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.ClickMsg:
		return c.instead.Click(msg)
	case tea.KeyPressMsg:
		if c.Scroll(msg) {
			return nil
		}
		if keys.Esc.Matches(msg) {
			return screen.Send(screen.Back{})
		}
		return c.instead.Press(msg)
	}
	return nil
}

func (c *contactScreen) Keys() []keys.Binding {
	return c.Scroller.Keys(keys.Enter.As(text.New("terugbellen", "call back")), keys.Esc)
}

func (c *contactScreen) View(f screen.Frame) screen.Page {
	var p screen.Page
	p.Add(f.Theme.Title.Render(f.Say(flows.At(place.Contact).Name)), "")
	for i, section := range contact.Sections(c.visit.Desk) {
		if i > 0 {
			p.Add("")
			p.Add(screen.Styled(f.Theme.Strong, f.Wrap(f.Say(section.Heading), f.Width))...)
		}
		for _, paragraph := range section.Paragraphs {
			p.Add(f.Wrap(f.Say(paragraph), f.Width)...)
		}
		for _, line := range section.Lines {
			p.Add("")
			p.Add(helpline(f, line)...)
		}
		if section.Leads != "" {
			p.Add("")
			c.instead.Draw(f, &p)
		}
	}
	part := c.Part(f, p.Lines)
	part.Cursor = p.Cursor
	return part
}

// helpline draws a line with how and when to reach it.
func helpline(f screen.Frame, line contact.Helpline) []string {
	status := f.Say(line.Status(f.Now))
	if line.Hours.Open(f.Now) {
		status = f.Theme.Good.Render(status)
	} else {
		status = f.Theme.Muted.Render(status)
	}
	lines := []string{
		f.Heading(f.Say(line.Name), ""),
		f.Say(line.For),
		f.Theme.Strong.Render(f.Cut(f.Say(line.Reach()), f.Width)),
	}
	lines = append(lines, f.Wrap(status, f.Width)...)
	return append(lines, screen.Styled(f.Theme.Muted, f.Wrap(f.Say(line.Weekly()), f.Width))...)
}
