package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// menu is a screen that asks where to go. Where the visitor goes from it, they
// come back to it with Esc.
type menu struct {
	visit  *flow.Visit
	place  place.ID
	list   screen.List
	notice func() text.Text // above the question, until a key is pressed; may be nil
	fades  bool             // the notice goes by itself after a while
	age    time.Duration
}

// newMenu is the menu of a place.
func newMenu(visit *flow.Visit, place place.ID) *menu { return &menu{visit: visit, place: place} }

// newHome is the first screen of every visit, and mijn.nn for who is logged in. For
// a while it tells how the visit before ended, if there is something to tell.
func newHome(visit *flow.Visit, farewell func() text.Text) *menu {
	m := newMenu(visit, place.Home)
	m.notice, m.fades = farewell, true
	return m
}

// newWelcome is the first screen of a demo.
func newWelcome(visit *flow.Visit) *menu {
	m := newMenu(visit, place.Home)
	m.notice = text.Always(words.DemoWelcome)
	return m
}

func (m *menu) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.SecondMsg:
		if m.age += time.Second; m.fades && m.age >= farewellShown {
			m.notice = nil
		}
	case screen.ClickMsg:
		return m.list.Click(msg)
	case tea.KeyPressMsg:
		m.notice = nil
		m.refresh()
		if keys.Esc.Matches(msg) && m.place != place.Home {
			return screen.Send(screen.Back{})
		}
		return m.list.Press(msg)
	}
	return nil
}

// refresh gets the items as they are now: others, once somebody logged in.
func (m *menu) refresh() {
	before := m.list.Items
	m.list.Items = nil
	for _, p := range flows.MenuAt(m.visit, m.place).Leads {
		m.list.Items = append(m.list.Items, screen.PlaceItem(m.visit, p))
	}
	if len(before) > 0 && before[0].Name != m.list.Items[0].Name {
		m.list.Focus = 0
	}
}

func (m *menu) View(f screen.Frame) screen.Page {
	m.refresh()
	p := m.draw(f, "")
	if len(p.Lines) > f.Height {
		p = m.draw(f) // for the last line
	}
	return p
}

// draw draws the question, what goes between, and the places.
func (m *menu) draw(f screen.Frame, between ...string) (p screen.Page) {
	if m.notice != nil {
		p.Add(f.Wrap(f.Theme.Good.Render(f.Say(m.notice())), f.Width)...)
		p.Add("")
	}
	p.Add(f.Theme.Title.Render(f.Say(flows.MenuAt(m.visit, m.place).Question)))
	p.Add(between...)
	m.list.Draw(f, &p)
	return p
}

// Keeps makes it a keeper.
func (m *menu) Keeps() {}

func (m *menu) Keys() []keys.Binding {
	all := []keys.Binding{keys.UpDown, keys.Enter}
	if m.place != place.Home {
		all = append(all, keys.Esc)
	}
	return all
}
