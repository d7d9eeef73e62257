package ui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows"
)

// An item is something to choose.
type item struct {
	name  flows.Text
	about func(now time.Time) flows.Text // what for; may be nil
	goes  tea.Msg                        // the navigation message of choosing it
}

// place is the item that leads to a place.
func place(p flows.Place) item {
	named := flows.Places[p]
	return item{name: named.Name, about: always(named.For), goes: goTo{p}}
}

func always(t flows.Text) func(time.Time) flows.Text {
	return func(time.Time) flows.Text { return t }
}

// A selection is items of which one has the focus. Arrows and Tab move it;
// Enter, a digit or a press chooses.
type selection struct {
	items []item
	focus int
	rows  []span // where each item was drawn on the page
}

// press handles a key, if it means something here.
func (s *selection) press(key string) tea.Cmd {
	switch key {
	case "up", "shift+tab":
		s.focus = (s.focus + len(s.items) - 1) % len(s.items)
	case "down", "tab":
		s.focus = (s.focus + 1) % len(s.items)
	case "home":
		s.focus = 0
	case "end":
		s.focus = len(s.items) - 1
	case "enter", "space":
		return to(s.items[s.focus].goes)
	}
	if digit, err := strconv.Atoi(key); err == nil && 1 <= digit && digit <= len(s.items) {
		s.focus = digit - 1
		return to(s.items[s.focus].goes)
	}
	return nil
}

// click handles a press on the page.
func (s *selection) click(at click) tea.Cmd {
	i := rowAt(s.rows, at.Y)
	if i < 0 || i >= len(s.items) {
		return nil
	}
	s.focus = i
	return to(s.items[i].goes)
}

// rowAt is the index of the row that line y of a page belongs to, or -1.
func rowAt(rows []span, y int) int {
	return slices.IndexFunc(rows, func(row span) bool { return row.From <= y && y <= row.To })
}

const (
	leadWidth  = len("> 1  ") // marker and digit
	aboutGap   = 4
	tallScreen = 28 // lines from which on items stand apart
)

// draw adds the items to a page.
func (s *selection) draw(f frame, p *page) {
	s.rows = s.rows[:0]
	column := f.aboutColumn(s.items)
	for i, it := range s.items {
		if i > 0 && f.Height >= tallScreen {
			p.add("")
		}
		row := span{len(p.Lines), len(p.Lines)}
		p.add(f.choice(i, it, i == s.focus, column))
		if about := f.about(it); about != "" && column == 0 {
			p.add(strings.Repeat(" ", leadWidth) + f.Theme.Muted.Render(f.cut(about, f.Width-leadWidth)))
			row.To++
		}
		s.rows = append(s.rows, row)
		if i == s.focus {
			p.Focus, p.Cursor = row, newCursor(0, row.From)
		}
	}
}

// aboutColumn is where all items tell what they are for, or 0 if there is no
// room for that beside their names.
func (f frame) aboutColumn(items []item) int {
	names, abouts := 0, 0
	for _, it := range items {
		names = max(names, lipgloss.Width(f.say(it.name)))
		abouts = max(abouts, lipgloss.Width(f.about(it)))
	}
	if leadWidth+names+aboutGap+abouts > f.Width {
		return 0
	}
	return leadWidth + names + aboutGap
}

func (f frame) about(it item) string {
	if it.about == nil {
		return ""
	}
	return f.say(it.about(f.Now))
}

// choice draws the line of an item.
func (f frame) choice(i int, it item, focused bool, column int) string {
	name := f.say(it.name)
	if focused {
		name = f.Theme.Chosen.Render(name)
	}
	line := f.marked(f.Theme.Muted.Render(strconv.Itoa(i+1))+"  "+name, focused)
	if column == 0 {
		return line
	}
	return pad(line, column) + f.Theme.Muted.Render(f.about(it))
}
