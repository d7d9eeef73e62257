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
	asks     func() flows.Text
	items    func() []item
	list     selection
	farewell func() flows.Text // how the visit before ended, for a while; may be nil
	age      time.Duration
	esc      tea.Msg // what Esc leads to; nil for nothing
}

// newHome is the first screen of every visit, and mijn.nn for who is logged in.
func newHome(visit *flows.Visit, farewell func() flows.Text) *menu {
	m := &menu{farewell: farewell}
	m.asks = func() flows.Text {
		if visit.LoggedIn() {
			return either("Wat wil je doen?", "What would you like to do?")
		}
		return either("Waarmee kunnen we je helpen?", "How can we help you?")
	}
	m.items = func() []item {
		if visit.LoggedIn() {
			return atHome(visit)
		}
		return atTheDoor(visit)
	}
	return m
}

// atTheDoor is where a visitor can go whom nobody knows yet.
func atTheDoor(visit *flows.Visit) []item {
	return []item{
		place(flows.Activating),
		place(flows.LoggingIn),
		{
			name:  either("Inloggegevens vergeten", "Forgotten how to log in"),
			about: always(either("Gebruikersnaam of wachtwoord", "Username or password")),
			goes:  open{newForgotten()},
		},
		place(flows.Questions),
		contactItem(visit),
	}
}

// atHome is mijn.nn.
func atHome(visit *flows.Visit) []item {
	return []item{
		place(flows.Products),
		place(flows.AddingProduct),
		place(flows.Questions),
		contactItem(visit),
		{name: either("Uitloggen", "Log out"), goes: goHome{}},
	}
}

// contactItem leads to contact, and tells whether the line is open right now.
func contactItem(visit *flows.Visit) item {
	it := place(flows.Contact)
	it.about = func(now time.Time) flows.Text { return visit.Support().Status(now) }
	return it
}

// newForgotten asks what was forgotten.
func newForgotten() *menu {
	return &menu{
		asks:  say("Wat ben je vergeten?", "What have you forgotten?"),
		items: func() []item { return []item{place(flows.ForgottenPassword), place(flows.ForgottenUsername)} },
		esc:   back{},
	}
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
		if msg.String() == "esc" && m.esc != nil {
			return to(m.esc)
		}
		return m.list.press(msg.String())
	}
	return nil
}

// refresh gets the items as they are now: others, once somebody logged in.
func (m *menu) refresh() {
	before := m.list.items
	m.list.items = m.items()
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
	p.add(f.Theme.Title.Render(f.say(m.asks())), "")
	m.refresh()
	m.list.draw(f, &p)
	return p
}

func (m *menu) Keys() []hint {
	keys := []hint{{theme.UpDown, either("kiezen", "choose")}, {"Enter", either("verder", "continue")}}
	if m.esc != nil {
		keys = append(keys, hint{"Esc", either("terug", "back")})
	}
	return keys
}
