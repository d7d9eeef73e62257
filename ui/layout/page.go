package layout

import "loket/ui/screen"

// DrawWithLargestGap draws a screen with the largest gap between items that makes the page fit. A gap of two lines also needs a free
// line above and below the page. If a page is only one line too long, it has no empty line below its title. If a page does not
// fit at all, it has a gap of one line in a roomy theme.
func DrawWithLargestGap(s screen.Screen, f screen.Frame) screen.Page {
	for f.Gap = f.Theme.Gap; f.Gap > 0; f.Gap-- {
		if p := s.View(f); len(p.Lines)+2*(f.Gap-1) <= f.Height {
			return p
		}
	}
	p := s.View(f)
	switch over := len(p.Lines) - f.Height; {
	case over == 1:
		f.Tight = true
		return s.View(f)
	case over > 1 && f.Theme.Roomy:
		f.Gap = 1
		return s.View(f)
	}
	return p
}
