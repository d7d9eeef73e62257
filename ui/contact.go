package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// contactScreen tells how to reach somebody, and whether that is possible right now
// (S1). Enter leads to what can be done here instead.
type contactScreen struct {
	visit *flow.Visit
	scroller
	instead selection
}

func newContact(visit *flow.Visit) screen {
	c := &contactScreen{visit: visit}
	for _, section := range contact.Sections(visit.Desk) {
		if section.Leads != "" {
			c.instead.items = append(c.instead.items, placeOption(visit, section.Leads))
		}
	}
	return c
}

// Aside makes it one that the visitor comes back from.
func (c *contactScreen) Aside() {}

func (c *contactScreen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case click:
		return c.instead.click(msg)
	case tea.KeyPressMsg:
		if c.scroll(msg.String()) {
			return nil
		}
		if msg.String() == "esc" {
			return to(back{})
		}
		return c.instead.press(msg.String())
	}
	return nil
}

func (c *contactScreen) Keys() []hint {
	return c.hints(hint{"Enter", text.New("terugbellen", "call back")}, hint{"Esc", text.New("terug", "back")})
}

func (c *contactScreen) View(f frame) page {
	var p page
	p.add(f.Theme.Title.Render(f.say(flows.At(place.Contact).Name)), "")
	for i, section := range contact.Sections(c.visit.Desk) {
		if i > 0 {
			p.add("")
			p.add(styled(f.Theme.Strong, f.wrap(f.say(section.Heading), f.Width))...)
		}
		for _, paragraph := range section.Paragraphs {
			p.add(f.wrap(f.say(paragraph), f.Width)...)
		}
		for _, line := range section.Lines {
			p.add("")
			p.add(f.helpline(line)...)
		}
		if section.Leads != "" {
			p.add("")
			c.instead.draw(f, &p)
		}
	}
	part := c.part(f, p.Lines)
	part.Cursor = p.Cursor
	return part
}

// helpline draws a line with how and when to reach it.
func (f frame) helpline(line contact.Helpline) []string {
	status := f.say(line.Status(f.Now))
	if line.Hours.Open(f.Now) {
		status = f.Theme.Good.Render(status)
	} else {
		status = f.Theme.Muted.Render(status)
	}
	lines := []string{
		f.heading(f.say(line.Name), ""),
		f.say(line.For),
		f.Theme.Strong.Render(f.cut(f.say(line.Reach()), f.Width)),
	}
	lines = append(lines, f.wrap(status, f.Width)...)
	return append(lines, styled(f.Theme.Muted, f.wrap(f.say(line.Weekly()), f.Width))...)
}
