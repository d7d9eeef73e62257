package scanning

import (
	"strconv"
	"strings"
	"time"

	"loket/flows/text"
	"loket/ui/screen"
)

// The line of scanning says what is lit, how fast the light moves, and how to change that.

// barItem is an item of the line of scanning.
type barItem struct {
	label  text.Text
	action Action
}

var barItems = []barItem{
	{text.New("langzamer", "slower"), Slower},
	{text.New("sneller", "faster"), Faster},
	{text.New("stoppen", "stop"), Stop},
}

const barGap = "  " // barGap is the space between two items of the line.

// DrawBar draws the line of scanning. It returns the number of cells at the left for the name of what is lit, and where the items
// can be pressed.
func DrawBar(f screen.Frame, pace time.Duration) (line string, nameWidth int, zones []screen.KeyZone) {
	right := ""
	if f.Width >= screen.ColumnWidth {
		right = barGap + f.Theme.Muted.Render(f.Translate(paceText(pace)))
	}
	for _, item := range barItems {
		right += barGap
		label := f.Translate(item.label)
		zones = append(zones, screen.KeyZone{X: screen.Width(right), Width: screen.Width(label), Action: item.action, Name: item.label})
		right += f.Theme.Key.Render(label)
	}
	nameWidth = max(f.Width-screen.Width(right), 0)
	for i := range zones {
		zones[i].X += nameWidth
	}
	return screen.Pad("", nameWidth) + right, nameWidth, zones
}

// paceText returns how long each row and item is lit, in seconds.
func paceText(pace time.Duration) text.Text {
	seconds := strconv.FormatFloat(pace.Seconds(), 'f', -1, 64)
	return text.New(strings.Replace(seconds, ".", ",", 1)+" s", seconds+" s")
}
