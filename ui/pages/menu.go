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

// Menu is a screen that asks where to go. From there, Esc leads back to the menu.
type Menu struct {
	visit         *flow.Visit
	place         place.ID
	list          screen.List
	notice        func() text.Text // notice returns a text that is shown below the places until a key is pressed. It may be nil.
	noticeExpires bool             // noticeExpires is true if the notice also disappears after FarewellNoticeTime.
	noticeAge     time.Duration
}

// NewMenu returns the menu of a place.
func NewMenu(visit *flow.Visit, place place.ID) *Menu { return &Menu{visit: visit, place: place} }

// NewHome returns the home menu, the first screen of every visit. For a while it shows endNotice, which says how the previous
// visit ended and may be nil.
func NewHome(visit *flow.Visit, endNotice func() text.Text) *Menu {
	m := NewMenu(visit, place.Home)
	m.notice, m.noticeExpires = endNotice, true
	return m
}

// NewWelcomeMenu returns the first screen of a demo.
func NewWelcomeMenu(visit *flow.Visit) *Menu {
	m := NewMenu(visit, place.Home)
	m.notice = text.TextFunc(words.DemoWelcome)
	return m
}

// FarewellNoticeTime is how long the home menu says how the previous visit ended.
const FarewellNoticeTime = 15 * time.Second

// HasNotice reports whether the menu shows a notice that disappears after a while.
func (m *Menu) HasNotice() bool { return m.notice != nil && m.noticeExpires }

func (m *Menu) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.SecondMsg:
		if m.noticeAge += time.Second; m.noticeExpires && m.noticeAge >= FarewellNoticeTime {
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

// leaveMenu goes back. On the home menu, it asks a logged-in customer whether to log out.
func (m *Menu) leaveMenu() tea.Cmd {
	switch {
	case m.place != place.Home:
		return screen.Send(screen.Back{})
	case m.visit.HasCustomer():
		return screen.Send(screen.AskLogOutMsg{})
	}
	return nil
}

// refreshItems updates the items of the menu, which depend on whether the visitor is logged in.
func (m *Menu) refreshItems() {
	before := m.list.Items
	m.list.Items = nil
	for _, p := range flows.MenuAt(m.visit, m.place).Places {
		m.list.Items = append(m.list.Items, screen.NewPlaceItem(m.visit, p))
	}
	if len(before) > 0 && before[0].Name != m.list.Items[0].Name {
		m.list.Focus = 0
	}
}

// View draws the question and the places. A notice is below the places, so that nothing moves when it disappears. If it would
// not be visible there, it is above the question.
func (m *Menu) View(f screen.Frame) screen.Page {
	m.refreshItems()
	var below, above []string
	if m.notice != nil {
		notice := screen.StyleLines(f.Theme.Good, f.Wrap(f.Translate(m.notice()), f.Width))
		below, above = append([]string{""}, notice...), append(notice, "")
	}
	p := m.draw(f, nil)
	if len(p.Lines)+len(below) > f.Height && below != nil {
		f.Tight = true
		if p = m.draw(f, above); p.Focus.To < f.Height {
			p.Focus.From = 0 // Keep the notice visible together with the place that has the focus.
		}
		return p
	}
	p.Add(below...)
	return p
}

// draw draws some lines, the question, and the places.
func (m *Menu) draw(f screen.Frame, above []string) (p screen.Page) {
	p.Add(above...)
	p.Add(f.DrawTitle(flows.MenuAt(m.visit, m.place).Question)...)
	m.list.Draw(f, &p)
	return p
}

// MarkAsStayingOpen marks the screen as one that stays open under the screens that the visitor opens from it.
func (m *Menu) MarkAsStayingOpen() {}

func (m *Menu) Keys() []keys.Binding {
	all := []keys.Binding{keys.UpDown, keys.Enter}
	switch {
	case m.place != place.Home:
		all = append(all, keys.Esc)
	case m.visit.HasCustomer():
		all = append(all, keys.Esc.WithHint(words.LowerFirst(words.LeaveTextsForVisit(m.visit).Leave)))
	}
	return all
}
