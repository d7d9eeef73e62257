package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
)

// An item is something to choose.
type item struct {
	name  text.Text
	about text.Text // what for; may be empty
	goes  tea.Msg   // the navigation message of choosing it
}

// placeOption is the item that leads to a place.
func placeOption(visit *flow.Visit, p place.ID) item {
	it := item{name: flows.At(p).Name, about: flows.For(visit.Desk, p), goes: goTo{p}}
	if p == place.LogOut {
		it.goes = goHome{}
	}
	return it
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
	tallScreen = 25 // lines of a page from which on items stand apart in every theme
)

// draw adds the items to a page.
func (s *selection) draw(f frame, p *page) {
	s.rows = s.rows[:0]
	column := f.aboutColumn(s.items)
	for i, it := range s.items {
		lines := f.choice(i, it, i == s.focus, column)
		row := span{len(p.Lines), len(p.Lines) + len(lines) - 1}
		p.add(lines...)
		if i == s.focus {
			p.Focus, p.Cursor = row, newCursor(0, row.From)
		}
		if i < len(s.items)-1 {
			p.add(f.apart()...)
			row.To = len(p.Lines) - 1 // what misses an item by a line is meant for it
		}
		s.rows = append(s.rows, row)
	}
}

// apart is the room between items.
func (f frame) apart() []string {
	if f.Theme.Wide || f.Height >= tallScreen {
		return make([]string, f.Gap)
	}
	return nil
}

// aboutColumn is where all items tell what they are for, or 0 if there is no
// room for that beside their names.
func (f frame) aboutColumn(items []item) int {
	names, abouts := 0, 0
	for _, it := range items {
		names = max(names, lipgloss.Width(f.say(it.name)))
		abouts = max(abouts, lipgloss.Width(f.say(it.about)))
	}
	if leadWidth+names+aboutGap+abouts > f.Width {
		return 0
	}
	return leadWidth + names + aboutGap
}

// choice draws an item: its name, and beside or below that what it is for.
func (f frame) choice(i int, it item, focused bool, column int) []string {
	name, about := f.say(it.name), f.Theme.Muted.Render(f.say(it.about))
	if focused {
		name = f.Theme.Chosen.Render(name)
	}
	lines := []string{f.marked(f.Theme.Muted.Render(strconv.Itoa(i+1))+"  "+name, focused)}
	switch {
	case about == "":
	case column > 0:
		lines[0] = pad(lines[0], column) + about
	default:
		lines = append(lines, strings.Repeat(" ", leadWidth)+f.cut(about, f.Width-leadWidth))
	}
	for i, line := range lines {
		lines[i] = f.lit(line, focused, f.Width)
	}
	return lines
}
