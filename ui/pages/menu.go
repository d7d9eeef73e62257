package pages

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

// Menu is a screen that asks where to go. Where the visitor goes from it, they
// come back to it with Esc.
type Menu struct {
	visit         *flow.Visit
	place         place.ID
	list          screen.List
	notice        func() text.Text // below the places, until a key is pressed; may be nil
	noticeExpires bool             // the notice goes by itself after a while
	noticeAge     time.Duration
}

// NewMenu is the menu of a place.
func NewMenu(visit *flow.Visit, place place.ID) *Menu { return &Menu{visit: visit, place: place} }

// NewHome is the first screen of every visit, and mijn.nn for a customer who is logged in. For
// a while it tells how the visit before ended, if there is something to tell.
func NewHome(visit *flow.Visit, endNotice func() text.Text) *Menu {
	m := NewMenu(visit, place.Home)
	m.notice, m.noticeExpires = endNotice, true
	return m
}

// NewWelcome is the first screen of a demo.
func NewWelcome(visit *flow.Visit) *Menu {
	m := NewMenu(visit, place.Home)
	m.notice = text.TextFunc(words.DemoWelcome)
	return m
}

// FarewellTime is how long home says how the visit before ended.
const FarewellTime = 15 * time.Second

// HasNotice reports whether the menu shows a notice that goes by itself.
func (m *Menu) HasNotice() bool { return m.notice != nil && m.noticeExpires }

func (m *Menu) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.SecondMsg:
		if m.noticeAge += time.Second; m.noticeExpires && m.noticeAge >= FarewellTime {
			m.notice = nil
		}
	case screen.ClickMsg:
		return m.list.HandleClick(msg)
	case tea.KeyPressMsg:
		m.notice = nil
		m.refreshItems()
		if keys.Esc.Matches(msg) {
			return m.leaveMenu()
		}
		return m.list.HandleKey(msg)
	}
	return nil
}

// leaveMenu leads back, or out for a customer who is at the first screen.
func (m *Menu) leaveMenu() tea.Cmd {
	switch {
	case m.place != place.Home:
		return screen.Send(screen.Back{})
	case m.visit.LoggedIn():
		return screen.Send(screen.AskLogOut{})
	}
	return nil
}

// refreshItems gets the items as they are now: others, once somebody logged in.
func (m *Menu) refreshItems() {
	before := m.list.Items
	m.list.Items = nil
	for _, p := range flows.MenuAt(m.visit, m.place).Places {
		m.list.Items = append(m.list.Items, screen.PlaceItem(m.visit, p))
	}
	if len(before) > 0 && before[0].Name != m.list.Items[0].Name {
		m.list.Focus = 0
	}
}

// View draws the question and the places. A notice goes below them, so that nothing moves when
// it goes, but above where it would not be in sight there.
func (m *Menu) View(f screen.Frame) screen.Page {
	m.refreshItems()
	var below, above []string
	if m.notice != nil {
		notice := screen.StyleLines(f.Theme.Good, f.Wrap(f.Say(m.notice()), f.Width))
		below, above = append([]string{""}, notice...), append(notice, "")
	}
	p := m.draw(f, nil)
	if len(p.Lines)+len(below) > f.Height && below != nil {
		f.Tight = true
		if p = m.draw(f, above); p.Focus.To < f.Height {
			p.Focus.From = 0 // the notice is in sight with the place that has the focus
		}
		return p
	}
	p.Add(below...)
	return p
}

// draw draws the question, what goes above it, and the places.
func (m *Menu) draw(f screen.Frame, above []string) (p screen.Page) {
	p.Add(above...)
	p.Add(f.Title(flows.MenuAt(m.visit, m.place).Question)...)
	m.list.Draw(f, &p)
	return p
}

// StaysOpen makes it a screen that stays open under what is chosen on it.
func (m *Menu) StaysOpen() {}

func (m *Menu) Keys() []keys.Binding {
	all := []keys.Binding{keys.UpDown, keys.Enter}
	switch {
	case m.place != place.Home:
		all = append(all, keys.Esc)
	case m.visit.LoggedIn():
		all = append(all, keys.Esc.WithHint(words.LowerFirst(words.LogOut)))
	}
	return all
}
