package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// sight is what of the kiosk stands where on the terminal, as drawn last.
type sight struct {
	top    int         // the first line of the page that is to be seen
	focus  screen.Span // the lines that were brought in sight last
	lines  int         // of the page
	height int         // how many lines are to be seen at once
	x, y   int         // where on the terminal the page begins
	keys   []zone
}

// A zone is where in the footer a key can be pressed by mouse.
type zone struct {
	x, y, width int
	key         tea.KeyPressMsg
}

// show scrolls no further than necessary to have the page's focus in sight. As
// long as the focus stays where it is, the visitor may scroll it away.
func (s *sight) show(p screen.Page, height int) {
	s.lines, s.height = len(p.Lines), height
	if p.Focus != s.focus {
		s.focus = p.Focus
		s.top = max(s.top, p.Focus.To-height+1)
		s.top = min(s.top, p.Focus.From)
	}
	s.top = max(min(s.top, s.lines-height), 0)
}

// scroll goes up or down by a screenful, but for a line that stays.
func (s *sight) scroll(direction int) { s.top += direction * max(s.height-1, 1) }

// above and below tell whether there is more that way.
func (s *sight) above() bool { return s.top > 0 }
func (s *sight) below() bool { return s.top+s.height < s.lines }

// onPage is the place of the page that is seen at x, y.
func (s *sight) onPage(x, y int) (screen.ClickMsg, bool) {
	at := screen.ClickMsg{X: x - s.x, Y: y - s.y + s.top}
	return at, at.X >= 0 && y >= s.y && y < s.y+s.height && at.Y < s.lines
}

// onTerminal is where a cursor of the page is seen, if it is.
func (s *sight) onTerminal(c *tea.Cursor) *tea.Cursor {
	if c == nil || c.Y < s.top || c.Y >= s.top+s.height {
		return nil
	}
	moved := *c
	moved.X, moved.Y = c.X+s.x, c.Y-s.top+s.y
	return &moved
}

// key is the key of the footer that is seen at x, y.
func (s *sight) key(x, y int) (tea.KeyPressMsg, bool) {
	for _, z := range s.keys {
		if y == z.y && x >= z.x && x < z.x+z.width {
			return z.key, true
		}
	}
	return tea.KeyPressMsg{}, false
}
