package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// menu is a screen that asks where to go. Where the visitor goes from it, they
// come back to it with Esc.
type menu struct {
	visit  *flow.Visit
	place  place.ID
	list   selection
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
	case beat:
		if m.age += time.Second; m.fades && m.age >= farewellShown {
			m.notice = nil
		}
	case click:
		return m.list.click(msg)
	case tea.KeyPressMsg:
		m.notice = nil
		m.refresh()
		if msg.String() == "esc" && m.place != place.Home {
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
	for _, p := range flows.MenuAt(m.visit, m.place).Leads {
		m.list.items = append(m.list.items, placeOption(m.visit, p))
	}
	if len(before) > 0 && before[0].name != m.list.items[0].name {
		m.list.focus = 0
	}
}

func (m *menu) View(f frame) page {
	m.refresh()
	p := m.draw(f, "")
	if len(p.Lines) > f.Height {
		p = m.draw(f) // for the last line
	}
	return p
}

// draw draws the question, what goes between, and the places.
func (m *menu) draw(f frame, between ...string) (p page) {
	if m.notice != nil {
		p.add(f.wrap(f.Theme.Good.Render(f.say(m.notice())), f.Width)...)
		p.add("")
	}
	p.add(f.Theme.Title.Render(f.say(flows.MenuAt(m.visit, m.place).Question)))
	p.add(between...)
	m.list.draw(f, &p)
	return p
}

// Keeps makes it a keeper.
func (m *menu) Keeps() {}

func (m *menu) Keys() []hint {
	keys := []hint{{theme.UpDown, text.New("kiezen", "choose")}, {"Enter", text.New("verder", "continue")}}
	if m.place != place.Home {
		keys = append(keys, hint{"Esc", text.New("terug", "back")})
	}
	return keys
}
