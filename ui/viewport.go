package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// viewport is the visible part of the page and its position on the terminal, as drawn last.
type viewport struct {
	topLine   int           // the first visible line of the page
	focus     screen.Span   // the focus of the page that was scrolled to last
	pageLines int           // of the page
	height    int           // how many lines are visible
	x, y      int           // where on the terminal the page begins
	zones     []screen.Zone // where on the terminal keys can be clicked
}

// addZones adds zones of a bar, or of the page, that begins at x, y.
func (s *viewport) addZones(added []screen.Zone, x, y int) {
	for _, z := range added {
		z.X, z.Y = z.X+x, z.Y+y
		s.zones = append(s.zones, z)
	}
}

// addPageZones adds the zones of the page that are in sight.
func (s *viewport) addPageZones(of []screen.Zone) {
	for _, z := range of {
		if s.topLine <= z.Y && z.Y < s.topLine+s.height {
			z.Y -= s.topLine
			s.addZones([]screen.Zone{z}, s.x, s.y)
		}
	}
}

// scrollTo scrolls no further than necessary to show the page's focus. As long as the focus
// does not move, the visitor may scroll it out of sight.
func (s *viewport) scrollTo(p screen.Page, height int) {
	s.pageLines, s.height = len(p.Lines), height
	if p.Focus != s.focus {
		s.focus = p.Focus
		s.topLine = max(s.topLine, p.Focus.To-height+1)
		s.topLine = min(s.topLine, p.Focus.From)
	}
	s.topLine = max(min(s.topLine, s.pageLines-height), 0)
}

// scrollPage scrolls up or down by a screenful less one line.
func (s *viewport) scrollPage(direction int) { s.topLine += direction * max(s.height-1, 1) }

// hasMoreAbove reports whether the page has lines above the visible ones. hasMoreBelow does
// so for lines below them.
func (s *viewport) hasMoreAbove() bool { return s.topLine > 0 }
func (s *viewport) hasMoreBelow() bool { return s.topLine+s.height < s.pageLines }

// pagePosition returns the position on the page that is visible at x, y, and reports
// whether there is one.
func (s *viewport) pagePosition(x, y int) (screen.ClickMsg, bool) {
	at := screen.ClickMsg{X: x - s.x, Y: y - s.y + s.topLine}
	return at, at.X >= 0 && y >= s.y && y < s.y+s.height && at.Y < s.pageLines
}

// terminalCursor returns a cursor of the page as a cursor of the terminal, or nil if its
// line is not visible.
func (s *viewport) terminalCursor(c *tea.Cursor) *tea.Cursor {
	if c == nil || c.Y < s.topLine || c.Y >= s.topLine+s.height {
		return nil
	}
	moved := *c
	moved.X, moved.Y = c.X+s.x, c.Y-s.topLine+s.y
	return &moved
}

// keyAt returns the key that is drawn at x, y, and reports whether there is one.
func (s *viewport) keyAt(x, y int) (tea.KeyPressMsg, bool) {
	for _, z := range s.zones {
		if y == z.Y && x >= z.X && x < z.X+z.Width {
			return z.Key, true
		}
	}
	return tea.KeyPressMsg{}, false
}
