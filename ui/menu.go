package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/ui/theme"
)

// menu is a screen that asks where to go. Where the visitor goes from it, they
// come back to it with Esc.
type menu struct {
	visit    *flows.Visit
	place    flows.Place
	list     selection
	farewell func() flows.Text // how the visit before ended, for a while; may be nil
	age      time.Duration
}

// newMenu is the menu of a place.
func newMenu(visit *flows.Visit, place flows.Place) *menu { return &menu{visit: visit, place: place} }

// newHome is the first screen of every visit, and mijn.nn for who is logged in.
func newHome(visit *flows.Visit, farewell func() flows.Text) *menu {
	m := newMenu(visit, flows.Home)
	m.farewell = farewell
	return m
}

func (m *menu) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case beat:
		if m.age += time.Second; m.age >= farewellShown {
			m.farewell = nil
		}
	case click:
		return m.list.click(msg)
	case tea.KeyPressMsg:
		m.farewell = nil
		m.refresh()
		if msg.String() == "esc" && m.place != flows.Home {
			return to(back{})
		}
		return m.list.press(msg.String())
	}
	return nil
}

// refresh gets the items as they are now: others, once somebody logged in.
func (m *menu) refresh() {
	before := m.list.items
	m.list.items = nil
	for _, p := range m.visit.Menu(m.place).Leads {
		m.list.items = append(m.list.items, place(m.visit, p))
	}
	if len(before) > 0 && before[0].name != m.list.items[0].name {
		m.list.focus = 0
	}
}

func (m *menu) View(f frame) page {
	var p page
	if m.farewell != nil {
		p.add(f.wrap(f.Theme.Good.Render(f.say(m.farewell())), f.Width)...)
		p.add("")
	}
	p.add(f.Theme.Title.Render(f.say(m.visit.Menu(m.place).Asks)), "")
	m.refresh()
	m.list.draw(f, &p)
	return p
}

// Keeps makes it a keeper.
func (m *menu) Keeps() {}

func (m *menu) Keys() []hint {
	keys := []hint{{theme.UpDown, either("kiezen", "choose")}, {"Enter", either("verder", "continue")}}
	if m.place != flows.Home {
		keys = append(keys, hint{"Esc", either("terug", "back")})
	}
	return keys
}
