package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/ui/scanning"
	"loket/ui/screen"
)

// viewport is the visible part of the page and its position on the terminal, when it was last drawn.
type viewport struct {
	topLine   int               // topLine is the index of the first visible line of the page.
	focus     screen.Span       // focus is the focus of the page to which the viewport has scrolled.
	pageLines int               // pageLines is the number of lines of the page.
	height    int               // height is the number of visible lines.
	x, y      int               // x and y are the position on the terminal at which the page begins.
	zones     []screen.KeyZone  // zones are the places on the terminal where keys can be clicked.
	keyboard  []screen.KeyZone  // keyboard are the places of the keys of the on-screen keyboard.
	bar       scanning.Target   // bar is the part of the line of scanning that names what is lit.
	choices   []scanning.Target // choices are the places of the choices on the page.
}

// addClickZones adds the zones of a bar or a page that begins at x, y.
func (s *viewport) addClickZones(added []screen.KeyZone, x, y int) {
	s.zones = append(s.zones, moveZones(added, x, y)...)
}

// moveZones returns zones moved to the right and down.
func moveZones(zones []screen.KeyZone, x, y int) []screen.KeyZone {
	moved := slices.Clone(zones)
	for i := range moved {
		moved[i].X, moved[i].Y = moved[i].X+x, moved[i].Y+y
	}
	return moved
}

// addVisibleZones adds the zones of the page that are visible.
func (s *viewport) addVisibleZones(of []screen.KeyZone) {
	for _, z := range of {
		if s.topLine <= z.Y && z.Y < s.topLine+s.height {
			z.Y -= s.topLine
			s.addClickZones([]screen.KeyZone{z}, s.x, s.y)
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

// zoneAt returns the zone at x, y. It reports whether there is one.
func (s *viewport) zoneAt(x, y int) (screen.KeyZone, bool) {
	for _, z := range slices.Concat(s.zones, s.keyboard) {
		if y == z.Y && x >= z.X && x < z.X+z.Width {
			return z, true
		}
	}
	return screen.KeyZone{}, false
}

// addChoices adds the choices of the page that are visible. Their lines are width cells wide.
func (s *viewport) addChoices(p screen.Page, width int) {
	for _, row := range p.Choices {
		from, to := max(row.From, s.topLine), min(row.To, s.topLine+s.height-1)
		if from <= to {
			s.choices = append(s.choices, scanning.Target{X: s.x, Y: from - s.topLine + s.y, Width: width, Height: to - from + 1})
		}
	}
}

// scanRows returns the rows of what can be pressed, in the order in which they light up: the on-screen keyboard, the page or the
// question that is open, and the keys around it.
func (s *viewport) scanRows(question []screen.KeyZone) []scanning.Row {
	page := append(slices.Clone(s.choices), targetsOf(question)...)
	return slices.Concat(scanning.RowsOf(targetsOf(s.keyboard)), scanning.RowsOf(page), scanning.RowsOf(targetsOf(s.zones)))
}

// targetsOf returns zones as targets of scanning.
func targetsOf(zones []screen.KeyZone) (all []scanning.Target) {
	for _, z := range zones {
		all = append(all, scanning.Target{X: z.X, Y: z.Y, Width: z.Width, Height: 1})
	}
	return all
}
