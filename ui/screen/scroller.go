package screen

import (
	"loket/flows/text"
	"loket/ui/keys"

	tea "charm.land/bubbletea/v2"
)

// Scroller is what of a long page is in sight, for a screen that is only read.
type Scroller struct {
	top  int // the first line in sight
	end  int // what top is at the end, as drawn last
	leap int // lines that a page up or down goes
}

// Scroll handles a key, and reports whether it was for that.
func (s *Scroller) Scroll(msg tea.KeyPressMsg) bool {
	switch {
	case keys.Up.Matches(msg):
		s.top--
	case keys.Down.Matches(msg):
		s.top++
	case keys.PageUp.Matches(msg):
		s.top -= s.leap
	case keys.PageDown.Matches(msg), keys.Space.Matches(msg):
		s.top += s.leap
	case keys.Home.Matches(msg):
		s.top = 0
	case keys.End.Matches(msg):
		s.top = s.end
	default:
		return false
	}
	s.top = max(min(s.top, s.end), 0)
	return true
}

// ToStart goes back to the first line.
func (s *Scroller) ToStart() { s.top = 0 }

// ToEnd goes to the last line.
func (s *Scroller) ToEnd() { s.top = s.end }

// ScrollLines goes so many lines down, as the wheel of a mouse does.
func (s *Scroller) ScrollLines(lines int) { s.top = max(min(s.top+lines, s.end), 0) }

// Keys puts the keys for scrolling before others, if there is more to see.
func (s *Scroller) Keys(others ...keys.Binding) []keys.Binding {
	if s.end == 0 {
		return others
	}
	return append([]keys.Binding{keys.UpDown.As(text.New("bladeren", "scroll"))}, others...)
}

// VisiblePage returns the page of all these lines, with the right ones in sight.
func (s *Scroller) VisiblePage(f Frame, lines []string) Page {
	s.end, s.leap = max(len(lines)-f.Height, 0), max(f.Height-1, 1)
	s.top = max(min(s.top, s.end), 0)
	return Page{
		Lines: lines, Focus: Span{s.top, min(s.top+f.Height, len(lines)) - 1},
		Cursor: NewCursor(0, s.top), // where to read on from
	}
}
