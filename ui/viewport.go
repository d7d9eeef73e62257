package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// viewport is the visible part of the page and its position on the terminal, when it was last drawn.
type viewport struct {
	topLine   int           // topLine is the index of the first visible line of the page.
	focus     screen.Span   // focus is the focus of the page to which the viewport has scrolled.
	pageLines int           // pageLines is the number of lines of the page.
	height    int           // height is the number of visible lines.
	x, y      int           // x and y are the position on the terminal at which the page begins.
	zones     []screen.Zone // zones are the places on the terminal where keys can be clicked.
}

// addZones adds the zones of a bar or a page that begins at x, y.
func (s *viewport) addZones(added []screen.Zone, x, y int) {
	for _, z := range added {
		z.X, z.Y = z.X+x, z.Y+y
		s.zones = append(s.zones, z)
	}
}

// addPageZones adds the zones of the page that are visible.
func (s *viewport) addPageZones(of []screen.Zone) {
	for _, z := range of {
		if s.topLine <= z.Y && z.Y < s.topLine+s.height {
			z.Y -= s.topLine
			s.addZones([]screen.Zone{z}, s.x, s.y)
		}
	}
}

// scrollTo scrolls just far enough to show the focus of the page. While the focus does not move, the visitor may scroll it out
// of sight.
func (s *viewport) scrollTo(p screen.Page, height int) {
	s.pageLines, s.height = len(p.Lines), height
	if p.Focus != s.focus {
		s.focus = p.Focus
		s.topLine = max(s.topLine, p.Focus.To-height+1)
		s.topLine = min(s.topLine, p.Focus.From)
	}
	s.topLine = max(min(s.topLine, s.pageLines-height), 0)
}

// scrollPage scrolls up or down by the height of the page minus one line.
func (s *viewport) scrollPage(direction int) { s.topLine += direction * max(s.height-1, 1) }

// hasMoreAbove and hasMoreBelow report whether the page has lines above and below the visible ones.
func (s *viewport) hasMoreAbove() bool { return s.topLine > 0 }
func (s *viewport) hasMoreBelow() bool { return s.topLine+s.height < s.pageLines }

// pagePosition converts a position on the terminal to a position on the page. It reports whether the page is visible there.
func (s *viewport) pagePosition(x, y int) (screen.ClickMsg, bool) {
	at := screen.ClickMsg{X: x - s.x, Y: y - s.y + s.topLine}
	return at, at.X >= 0 && y >= s.y && y < s.y+s.height && at.Y < s.pageLines
}

// terminalCursor converts a cursor on the page to a cursor on the terminal. It returns nil if the line of the cursor is not
// visible.
func (s *viewport) terminalCursor(c *tea.Cursor) *tea.Cursor {
	if c == nil || c.Y < s.topLine || c.Y >= s.topLine+s.height {
		return nil
	}
	moved := *c
	moved.X, moved.Y = c.X+s.x, c.Y-s.topLine+s.y
	return &moved
}

// keyAt returns the key whose name is drawn at x, y. It reports whether there is one.
func (s *viewport) keyAt(x, y int) (tea.KeyPressMsg, bool) {
	for _, z := range s.zones {
		if y == z.Y && x >= z.X && x < z.X+z.Width {
			return z.Key, true
		}
	}
	return tea.KeyPressMsg{}, false
}
