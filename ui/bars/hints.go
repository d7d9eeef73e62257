package bars

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

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
	width := lipgloss.Width(mark)
	left := f.Width - width - 2
	press := key.ClickPresses()[0]
	return f.Theme.DrawRule(left) + f.Theme.Strong.Render(mark) + f.Theme.DrawRule(2), []screen.KeyZone{{X: left, Width: width, Key: press, Name: spokenName(key, press)}}
}

// drawHint draws a key and its effect, x cells from the left, and returns where it can be clicked. If two keys have one name,
// each gets a part of it.
func drawHint(f screen.Frame, x int, key keys.Binding) (drawn string, zones []screen.KeyZone) {
	key = f.NameKeyForTerminal(key)
	width, presses := hintWidth(f, key), key.ClickPresses()
	from := 0
	for i, press := range presses {
		to := width * (i + 1) / len(presses)
		zones = append(zones, screen.KeyZone{X: x + from, Width: to - from, Key: press, Name: spokenName(key, press)})
		from = to
	}
	return f.Theme.Key.Render(key.FooterName()) + " " + f.Theme.Muted.Render(f.Translate(key.Hint)), zones
}

func hintWidth(f screen.Frame, key keys.Binding) int {
	key = f.NameKeyForTerminal(key)
	return lipgloss.Width(key.FooterName()) + 1 + lipgloss.Width(f.Translate(key.Hint))
}

// DrawHints draws as many keys as fit on a line. If they do not all fit in a column that is narrower than usual, it uses the names
// of the function keys, which are shorter.
func DrawHints(f screen.Frame, all []keys.Binding) (line string, zones []screen.KeyZone) {
	fit, gap := fitKeys(f, all)
	if len(fit) < len(all) && f.Width < screen.ColumnWidth {
		f.FunctionKeys = true
		fit, gap = fitKeys(f, all)
	}
	var b strings.Builder
	x := 0
	for _, key := range fit {
		drawn, its := drawHint(f, x, key)
		b.WriteString(drawn + strings.Repeat(" ", gap))
		zones = append(zones, its...)
		x += hintWidth(f, key) + gap
	}
	return strings.TrimRight(b.String(), " "), zones
}

// fitKeys returns the keys that fit on a line, and the gap between them. If not all fit, it leaves out keys that only move,
// and then keys from the end, Esc last of all.
func fitKeys(f screen.Frame, all []keys.Binding) (fit []keys.Binding, gap int) {
	const most, least = 3, 1
	for all = slices.Clone(all); len(all) > 0; all = dropLeastImportantKey(all) {
		room := f.Width
		for _, key := range all {
			room -= hintWidth(f, key)
		}
		if between := len(all) - 1; room >= between*least {
			return all, min(room/max(between, 1), most)
		}
	}
	return nil, most
}

// dropLeastImportantKey leaves out the least important key.
func dropLeastImportantKey(all []keys.Binding) []keys.Binding {
	i := slices.IndexFunc(all, keys.Binding.IsMoveGroup)
	if i < 0 {
		i = len(all) - 1
	}
	if i > 0 && all[i].FooterName() == keys.Esc.FooterName() {
		i--
	}
	return slices.Delete(all, i, i+1)
}
