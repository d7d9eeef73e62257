package screen

import (
	"loket/flows/text"
	"loket/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// Scroller scrolls a long page that the visitor only reads.
type Scroller struct {
	topLine    int // topLine is the index of the first visible line.
	maxTopLine int // maxTopLine is the maximum of topLine, computed when the page was last drawn.
	pageLines  int // pageLines is the number of lines by which Page Up and Page Down scroll.
}

// Scroll scrolls if the key is a scrolling key, and reports whether it is.
func (s *Scroller) Scroll(msg tea.KeyPressMsg) bool {
	switch {
	case keys.Up.Matches(msg):
		s.topLine--
	case keys.Down.Matches(msg):
		s.topLine++
	case keys.PageUp.Matches(msg):
		s.topLine -= s.pageLines
	case keys.PageDown.Matches(msg), keys.Space.Matches(msg):
		s.topLine += s.pageLines
	case keys.Home.Matches(msg):
		s.topLine = 0
	case keys.End.Matches(msg):
		s.topLine = s.maxTopLine
	default:
		return false
	}
	s.topLine = max(min(s.topLine, s.maxTopLine), 0)
	return true
}

// ScrollToStart scrolls to the first line.
func (s *Scroller) ScrollToStart() { s.topLine = 0 }

// ScrollToEnd scrolls to the last line.
func (s *Scroller) ScrollToEnd() { s.topLine = s.maxTopLine }

// ScrollLines scrolls down by a number of lines, or up if it is negative.
func (s *Scroller) ScrollLines(lines int) { s.topLine = max(min(s.topLine+lines, s.maxTopLine), 0) }

// Keys returns the keys that scroll, if the page is longer than the screen, followed by others.
func (s *Scroller) Keys(others ...keys.Binding) []keys.Binding {
	if s.maxTopLine == 0 {
		return others
	}
	return append([]keys.Binding{keys.UpDown.WithHint(text.New("bladeren", "scroll"))}, others...)
}

// VisiblePage returns a page with all of the lines, whose focus is on the visible lines.
func (s *Scroller) VisiblePage(f Frame, lines []string) Page {
	s.maxTopLine, s.pageLines = max(len(lines)-f.Height, 0), max(f.Height-1, 1)
	s.topLine = max(min(s.topLine, s.maxTopLine), 0)
	return Page{
		Lines: lines, Focus: Span{s.topLine, min(s.topLine+f.Height, len(lines)) - 1},
		Cursor: NewCursor(0, s.topLine), // A screen reader starts reading at the cursor.
	}
}
