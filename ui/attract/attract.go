// Package attract draws what a walk-in kiosk shows, in both languages at once, while
// nobody is there: the name of the house, some of what can be done, and the time. All of
// it moves once a minute, so that nothing burns into the screen.
//
// Start at Attract.
package attract

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

const (
	offersInterval   = 10 * time.Second
	offersAtOnce     = 3
	positionInterval = time.Minute
)

// Keys is what can be pressed there to do more than begin.
var Keys = []keys.Binding{keys.Language, keys.Kept.WithHint(text.SameInBoth("wat we bewaren " + theme.Separator + " what we keep"))}

// An Attract is the screen of a kiosk at which nobody is.
type Attract struct {
	Width, Height  int           // of the terminal
	Offers         []place.ID    // that can be gone to from home
	UnattendedTime time.Duration // how long nobody was there
}

// OffersRotation returns how often other offers came to be shown after so long.
func OffersRotation(alone time.Duration) int { return int(alone / offersInterval) }

// Draw draws it, where it stands right now, and returns where on the terminal its keys can be
// pressed. Of the frame it takes language, theme and time.
func (a Attract) Draw(f screen.Frame) (content string, zones []screen.Zone) {
	moved := int(a.UnattendedTime / positionInterval)
	drawn, zones := bars.Hints(f, Keys)
	lines := a.textLines(f, moved, drawn)
	width := screen.MaxWidth(lines)
	right, down := a.Width-width, a.Height-len(lines)
	x, y := bounce(right/2+5*moved, right), bounce(down/2+moved, down)
	for i, line := range lines {
		left := x + (width-lipgloss.Width(line))/2
		if line != "" {
			lines[i] = strings.Repeat(" ", left) + line
		}
		if line == drawn {
			for j := range zones {
				zones[j].X, zones[j].Y = left+zones[j].X, y+i
			}
		}
	}
	return strings.Repeat("\n", y) + strings.Join(lines, "\n"), zones
}

// bounce goes from 0 to most and back as n grows.
func bounce(n, most int) int {
	if most <= 0 {
		return 0
	}
	n %= 2 * most
	return min(n, 2*most-n)
}

// tallHeight is how high a terminal is on which the time is large.
const tallHeight = 30

// textLines is what there is to read, with the name of the house above it or, every other
// time, below. The keys that can be pressed are drawn already.
func (a Attract) textLines(f screen.Frame, moved int, drawnKeys string) []string {
	var p screen.Page
	p.Add(inBothLanguages(f, words.DeskName), "")
	p.Add(a.offerLines(f)...)
	p.Add("")
	p.Add(screen.StyleLines(f.Theme.Strong, []string{f.Say(text.SameInBoth(words.PressToBeginText.NL)), f.Say(text.SameInBoth(words.PressToBeginText.EN))})...)
	p.Add("")
	p.Add(a.clockLines(f)...)
	p.Add(drawnKeys)
	house := screen.StyleLines(f.Theme.Accent, theme.LogoLines())
	if screen.MaxWidth(house) > a.Width || len(house)+1+len(p.Lines) > a.Height {
		house, p.Lines = []string{f.Theme.Strong.Render(words.House)}, a.fitting(p.Lines)
	}
	if moved%2 == 1 {
		return slices.Concat(p.Lines, []string{""}, house)
	}
	return slices.Concat(house, []string{""}, p.Lines)
}

// fitting returns the lines that a small terminal has room for beside the name of the house: none
// that is too wide and, where they are too many, no empty ones.
func (a Attract) fitting(lines []string) []string {
	lines = slices.DeleteFunc(lines, func(line string) bool { return lipgloss.Width(line) > a.Width })
	const house = 2 // lines, with the empty one
	if len(lines)+house > a.Height {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	}
	return lines
}

// clockLines is day and time, which is large if there is room.
func (a Attract) clockLines(f screen.Frame) []string {
	now, day := f.Now.In(dutch.Amsterdam).Format("15:04"), inBothLanguages(f, dayText(f.Now))
	both := day + " " + theme.Separator + " " + now
	if a.Height < tallHeight {
		return []string{both}
	}
	return append(theme.HugeFigures(now), both)
}

// dayText is the day without its year: "zondag 22 november".
func dayText(at time.Time) text.Text {
	date := dutch.DateOf(at)
	year := " " + strconv.Itoa(date.Year)
	full := date.LongWeekdayText()
	return text.New(strings.TrimSuffix(full.NL, year), strings.TrimSuffix(full.EN, year))
}

// offerLines are some of the things that can be done here.
func (a Attract) offerLines(f screen.Frame) []string {
	from := OffersRotation(a.UnattendedTime) * offersAtOnce
	var lines []string
	for i := range offersAtOnce {
		place := a.Offers[(from+i)%len(a.Offers)]
		lines = append(lines, inBothLanguages(f, flows.PlaceAt(place).Name))
	}
	return lines
}

// inBothLanguages is a text in Dutch and in English.
func inBothLanguages(f screen.Frame, t text.Text) string {
	return f.Say(text.SameInBoth(t.NL + " " + theme.Separator + " " + t.EN))
}
