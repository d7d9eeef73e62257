package bars

import (
	"slices"
	"strings"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// moreText is the word beside an arrow, on an edge where the page continues.
var moreText = text.New("meer", "more")

// drawRule draws a horizontal line. If the page continues beyond the line, it has a mark that can be clicked to press the
// given key.
func drawRule(f screen.Frame, arrow string, hasMore bool, key keys.Binding) (line string, zones []screen.KeyZone) {
	if !hasMore {
		return f.Theme.DrawRule(f.Width), nil
	}
	mark := " " + arrow + " " + f.Translate(moreText) + " "
	width := screen.Width(mark)
	left := f.Width - width - 2
	press := key.ClickPresses()[0]
	return f.Theme.DrawRule(left) + f.Theme.Strong.Render(mark) + f.Theme.DrawRule(2), []screen.KeyZone{{X: left, Width: width, Key: press, Name: spokenName(key, press)}}
}

// A hint is a key and its effect, in the words of a frame.
type hint struct {
	key       keys.Binding
	name, use string
	width     int // width is the number of cells that the hint takes.
}

func newHint(f screen.Frame, key keys.Binding) hint {
	key = f.NameKeyForTerminal(key)
	name, use := key.FooterName(), f.Translate(key.Hint)
	return hint{key, name, use, screen.Width(name) + 1 + screen.Width(use)}
}

// draw draws a hint, x cells from the left, and returns where it can be clicked. If two keys have one name, each gets a part of it.
func (h hint) draw(f screen.Frame, x int) (drawn string, zones []screen.KeyZone) {
	presses := h.key.ClickPresses()
	from := 0
	for i, press := range presses {
		to := h.splitAt(h.width * (i + 1) / len(presses))
		zones = append(zones, screen.KeyZone{X: x + from, Width: to - from, Key: press, Name: spokenName(h.key, press)})
		from = to
	}
	return f.Theme.Key.Render(h.name) + " " + f.Theme.Muted.Render(h.use), zones
}

// splitAt returns the boundary between two words of the hint that is nearest to a cell, because scanning lights up whole words.
func (h hint) splitAt(cell int) int {
	nearest, distance := h.width, h.width-cell
	width := 0
	for _, word := range strings.SplitAfter(h.name+" "+h.use, " ") {
		width += screen.Width(word)
		if between := max(width-cell, cell-width); between < distance {
			nearest, distance = width, between
		}
	}
	return nearest
}

// DrawHints draws as many keys as fit on a line. If they do not all fit in a column that is narrower than usual, it uses the names
// of the function keys, which are shorter.
func DrawHints(f screen.Frame, all []keys.Binding) (line string, zones []screen.KeyZone) {
	fit, gap := fitHints(f, all)
	if len(fit) < len(all) && f.Width < screen.ColumnWidth {
		f.FunctionKeys = true
		fit, gap = fitHints(f, all)
	}
	var b strings.Builder
	x := 0
	for i, h := range fit {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		drawn, its := h.draw(f, x)
		b.WriteString(drawn)
		zones = append(zones, its...)
		x += h.width + gap
	}
	return b.String(), zones
}

// fitHints returns the hints of the keys that fit on a line, and the gap between them. If not all fit, it leaves out keys that only
// move, and then keys from the end, Esc last of all.
func fitHints(f screen.Frame, all []keys.Binding) (fit []hint, gap int) {
	const most, least = 3, 1
	room := f.Width
	for _, key := range all {
		fit = append(fit, newHint(f, key))
		room -= fit[len(fit)-1].width
	}
	for len(fit) > 0 {
		if between := len(fit) - 1; room >= between*least {
			return fit, min(room/max(between, 1), most)
		}
		i := leastImportantHint(fit)
		room += fit[i].width
		fit = slices.Delete(fit, i, i+1)
	}
	return nil, most
}

// leastImportantHint returns the index of the hint that is left out first.
func leastImportantHint(all []hint) int {
	i := slices.IndexFunc(all, func(h hint) bool { return h.key.IsMoveGroup() })
	if i < 0 {
		i = len(all) - 1
	}
	if i > 0 && all[i].name == keys.Esc.FooterName() {
		i--
	}
	return i
}
