package layout

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/ui/aids"
	"loket/ui/bars"
	"loket/ui/screen"
)

// Parts are what is drawn on the terminal, from top to bottom.
type Parts struct {
	Header bars.Header
	Page   screen.Page
	Left   Column // Left is the screen at the left of the page, if the page is a panel.
	Aids   aids.Drawn
	Footer bars.Footer

	IsCovered bool // IsCovered is true if an open question covers the page, so that nothing on the page can be pressed.
	IsBusy    bool // IsBusy is true if the page needs no cursor, because it waits for the desk.
}

// Draw returns the lines of the whole terminal. The page is in frame f.
func (s *Viewport) Draw(t Terminal, f screen.Frame, parts Parts) ([]string, *tea.Cursor) {
	p, left := parts.Page, parts.Left.width()
	f.Width = max(f.Width, p.NeededWidth) + left
	margin := (t.Width - f.Width) / 2
	s.x, s.y = margin+left, bars.HeaderHeight+t.TopMargin()
	s.scrollTo(p, f.Height)
	s.Zones, s.Choices, s.Keyboard = nil, nil, nil

	body := p.Lines[s.TopLine:min(s.TopLine+f.Height, len(p.Lines))]
	if left > 0 {
		body = parts.Left.drawBeside(body)
	}
	lines := s.drawHeader(f, parts.Header, margin)
	lines = append(lines, make([]string, s.y-len(lines))...)
	lines = append(lines, body...)
	lines = append(lines, make([]string, s.y+f.Height-len(lines))...)
	aidsLine := len(lines)
	lines = append(lines, parts.Aids.Lines...)
	lines = append(lines, s.drawFooter(f, parts.Footer, margin, len(lines))...)
	s.placeAids(parts.Aids, margin, aidsLine)
	if parts.IsCovered {
		s.Keyboard = nil
	} else {
		s.addVisibleZones(p.Zones)
		s.addChoices(p, f.Width-left)
	}
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat(" ", margin) + line
		}
	}
	cursor := s.terminalCursor(p.Cursor)
	if cursor == nil && !parts.IsBusy {
		// On every page, a screen reader needs a point to start reading from (R33).
		cursor = screen.NewCursor(s.x, s.y)
	}
	return lines, cursor
}

// drawHeader draws the lines above the page.
func (s *Viewport) drawHeader(f screen.Frame, header bars.Header, margin int) []string {
	header.HasMoreAbove = s.hasMoreAbove()
	lines, zones := header.Draw(f)
	s.addClickZones(zones, margin, 0)
	return lines
}

// drawFooter draws the lines below the page, which name the keys. top is the number of lines above them.
func (s *Viewport) drawFooter(f screen.Frame, footer bars.Footer, margin, top int) []string {
	footer.HasMoreBelow = s.HasMoreBelow()
	lines, zones := footer.Draw(f)
	s.addClickZones(zones, margin, top)
	return lines
}

// placeAids records the places of the aids, which are drawn at x, y.
func (s *Viewport) placeAids(drawn aids.Drawn, x, y int) {
	s.addClickZones(drawn.Zones, x, y)
	s.Keyboard = screen.MoveZones(drawn.Keyboard, x, y)
	s.NameBar = drawn.NameBar
	s.NameBar.X, s.NameBar.Y = s.NameBar.X+x, s.NameBar.Y+y
}
