package ui

import (
	"loket/flows/text"
	"loket/ui/theme"
)

// scroller is what of a long page is in sight, for a screen that is only read.
type scroller struct {
	top  int // the first line in sight
	end  int // what top is at the end, as drawn last
	leap int // lines that a page up or down goes
}

// scroll handles a key, and tells whether it was for that.
func (s *scroller) scroll(key string) bool {
	switch key {
	case "up":
		s.top--
	case "down":
		s.top++
	case "pgup":
		s.top -= s.leap
	case "pgdown", "space":
		s.top += s.leap
	case "home":
		s.top = 0
	case "end":
		s.top = s.end
	default:
		return false
	}
	s.top = max(min(s.top, s.end), 0)
	return true
}

// roll goes so many lines down, as the wheel of a mouse does.
func (s *scroller) roll(lines int) { s.top = max(min(s.top+lines, s.end), 0) }

// hints puts the hint for scrolling before others, if there is more to see.
func (s *scroller) hints(others ...hint) []hint {
	if s.end == 0 {
		return others
	}
	return append([]hint{{theme.UpDown, text.New("bladeren", "scroll")}}, others...)
}

// part gives the page of all these lines, with the right ones in sight.
func (s *scroller) part(f frame, lines []string) page {
	s.end, s.leap = max(len(lines)-f.Height, 0), max(f.Height-1, 1)
	s.top = max(min(s.top, s.end), 0)
	return page{Lines: lines, Focus: span{s.top, min(s.top+f.Height, len(lines)) - 1}}
}
