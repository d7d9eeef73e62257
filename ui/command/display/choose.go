package display

import (
	"cmp"
	"math"
)

// letters is the size in pixels of the letters of a font: their cell, and a capital H.
type letters struct{ width, height, capital int }

// grid is a number of columns and lines.
type grid struct{ columns, lines int }

var (
	designGrid   = grid{80, 24} // designGrid is the window that the desk is designed for.
	smallestGrid = grid{40, 16} // smallestGrid is the smallest window that has room for the on-screen keyboard.
)

// fit returns how many letters fit in a number of pixels.
func (l letters) fit(m mode) grid { return grid{m.width / l.width, m.height / l.height} }

// holds reports whether a window has at least the given number of columns and lines.
func (g grid) holds(least grid) bool { return g.columns >= least.columns && g.lines >= least.lines }

// minAngle is how large a capital must be as the visitor sees it, in degrees (EN 301 549 5.1.4).
const minAngle = 0.7

// minCapital returns the least height of a capital in millimetres, for visitors at a distance in centimetres.
func minCapital(distance float64) float64 {
	return 2 * distance * 10 * math.Tan(minAngle/2*math.Pi/180)
}

// A screen is what letters are chosen for.
type screen struct {
	mode    mode
	pixel   float64 // pixel is the width of a pixel in millimetres. If it is 0, the width is unknown, and no letters are too small.
	capital float64 // capital is the least height of a capital in millimetres.
}

// choose returns the index of the best letters, and whether any leave smallestGrid. Best are the largest letters
// with which the screen is still the window that the desk is designed for. If their capitals are too low, the smallest letters are
// best that are high enough. If there are none, the largest letters are best that leave smallestGrid.
func (s screen) choose(sizes []letters) (best int, is bool) {
	designed, enough, works := -1, -1, -1
	for i, l := range sizes {
		window := l.fit(s.mode)
		if window.holds(designGrid) && (designed < 0 || isLarger(l, sizes[designed])) {
			designed = i
		}
		if window.holds(smallestGrid) && (works < 0 || isLarger(l, sizes[works])) {
			works = i
		}
		if window.holds(smallestGrid) && l.millimetres(s.pixel) >= s.capital && (enough < 0 || isLarger(sizes[enough], l)) {
			enough = i
		}
	}
	switch {
	case designed >= 0 && (s.pixel == 0 || sizes[designed].millimetres(s.pixel) >= s.capital):
		return designed, true
	case enough >= 0:
		return enough, true
	}
	return works, works >= 0
}

// isLarger reports whether letters are larger than others: by their capitals, and otherwise by their cells.
func isLarger(a, b letters) bool {
	return cmp.Or(cmp.Compare(a.capital, b.capital), cmp.Compare(a.width*a.height, b.width*b.height)) > 0
}

// millimetres returns the height of a capital.
func (l letters) millimetres(pixel float64) float64 { return float64(l.capital) * pixel }
