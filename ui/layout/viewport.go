package layout

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/ui/scanning"
	"loket/ui/screen"
)

// Viewport is the visible part of the page and its position on the terminal, when it was last drawn.
type Viewport struct {
	Zones    []screen.KeyZone  // Zones are the places on the terminal where keys can be clicked.
	Keyboard []screen.KeyZone  // Keyboard are the places of the keys of the on-screen keyboard.
	Choices  []scanning.Target // Choices are the places of the choices on the page.
	NameBar  scanning.Target   // NameBar is the part of the line of scanning that names what is lit.
	TopLine  int               // TopLine is the index of the first visible line of the page.

	focus     screen.Span // focus is the focus of the page to which the viewport has scrolled.
	pageLines int         // pageLines is the number of lines of the page.
	height    int         // height is the number of visible lines.
	x, y      int         // x and y are the position on the terminal at which the page begins.

	isFirstChoiceCut bool // isFirstChoiceCut is true if the first line of the first of Choices is not visible.
}

// addClickZones adds the zones of a bar or a page that begins at x, y.
func (s *Viewport) addClickZones(added []screen.KeyZone, x, y int) {
	s.Zones = append(s.Zones, screen.MoveZones(added, x, y)...)
}

// addVisibleZones adds the zones of the page that are visible.
func (s *Viewport) addVisibleZones(of []screen.KeyZone) {
	for _, z := range of {
		if s.TopLine <= z.Y && z.Y < s.TopLine+s.height {
			z.Y -= s.TopLine
			s.addClickZones([]screen.KeyZone{z}, s.x, s.y)
		}
	}
}

// scrollTo scrolls just far enough to show the focus of the page. While the focus does not move, the visitor may scroll it out
// of sight.
func (s *Viewport) scrollTo(p screen.Page, height int) {
	s.pageLines, s.height = len(p.Lines), height
	if p.Focus != s.focus {
		s.focus = p.Focus
		s.TopLine = max(s.TopLine, p.Focus.To-height+1)
		s.TopLine = min(s.TopLine, p.Focus.From)
	}
	s.TopLine = max(min(s.TopLine, s.pageLines-height), 0)
}

// ScrollPage scrolls up or down by the height of the page minus one line.
func (s *Viewport) ScrollPage(direction int) { s.TopLine += direction * max(s.height-1, 1) }

// hasMoreAbove and HasMoreBelow report whether the page has lines above and below the visible ones.
func (s *Viewport) hasMoreAbove() bool { return s.TopLine > 0 }
func (s *Viewport) HasMoreBelow() bool { return s.TopLine+s.height < s.pageLines }

// PagePosition converts a position on the terminal to a position on the page. It reports whether the page is visible there.
func (s *Viewport) PagePosition(x, y int) (screen.ClickMsg, bool) {
	at := screen.ClickMsg{X: x - s.x, Y: y - s.y + s.TopLine}
	return at, at.X >= 0 && y >= s.y && y < s.y+s.height && at.Y < s.pageLines
}

// terminalCursor converts a cursor on the page to a cursor on the terminal. It returns nil if the line of the cursor is not
// visible.
func (s *Viewport) terminalCursor(c *tea.Cursor) *tea.Cursor {
	if c == nil || c.Y < s.TopLine || c.Y >= s.TopLine+s.height {
		return nil
	}
	moved := *c
	moved.X, moved.Y = c.X+s.x, c.Y-s.TopLine+s.y
	return &moved
}

// ZoneAt returns the zone at x, y. It reports whether there is one.
func (s *Viewport) ZoneAt(x, y int) (screen.KeyZone, bool) {
	for _, z := range slices.Concat(s.Zones, s.Keyboard) {
		if y == z.Y && x >= z.X && x < z.X+z.Width {
			return z, true
		}
	}
	return screen.KeyZone{}, false
}

// KeyAt returns the key of the on-screen keyboard that is drawn at a target. It reports whether there is one.
func (s *Viewport) KeyAt(t scanning.Target) (screen.KeyZone, bool) {
	i := slices.IndexFunc(s.Keyboard, func(z screen.KeyZone) bool { return z.X == t.X && z.Y == t.Y })
	if i < 0 {
		return screen.KeyZone{}, false
	}
	return s.Keyboard[i], true
}

// addChoices adds the choices of the page that are visible. Their lines are width cells wide.
func (s *Viewport) addChoices(p screen.Page, width int) {
	for _, row := range p.Choices {
		from, to := max(row.From, s.TopLine), min(row.To, s.TopLine+s.height-1)
		if from <= to {
			if len(s.Choices) == 0 {
				s.isFirstChoiceCut = row.From < from
			}
			s.Choices = append(s.Choices, scanning.Target{X: s.x, Y: from - s.TopLine + s.y, Width: width, Height: to - from + 1})
		}
	}
}

// IsChoiceCut reports whether the first line of a choice, which names it, is not visible.
func (s *Viewport) IsChoiceCut(index int) bool { return index == 0 && s.isFirstChoiceCut }

// ScanRows returns the rows of what can be pressed, in the order in which they light up: the on-screen keyboard, the page or the
// question that is open, and the keys around it.
func (s *Viewport) ScanRows(question []screen.KeyZone) []scanning.Row {
	page := append(slices.Clone(s.Choices), targetsOf(question)...)
	return slices.Concat(scanning.RowsOf(targetsOf(s.Keyboard)), scanning.RowsOf(page), scanning.RowsOf(targetsOf(s.Zones)))
}

// targetsOf returns zones as targets of scanning.
func targetsOf(zones []screen.KeyZone) (all []scanning.Target) {
	for _, z := range zones {
		all = append(all, scanning.Target{X: z.X, Y: z.Y, Width: z.Width, Height: 1})
	}
	return all
}

// NotchLines is the number of lines that one notch of the mouse wheel scrolls.
const NotchLines = 3

// WheelLines returns the number of lines that the mouse wheel scrolls down, which is negative for up.
func WheelLines(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -NotchLines
	case tea.MouseWheelDown:
		return NotchLines
	}
	return 0
}
