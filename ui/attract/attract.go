// Package attract draws the screen of a public kiosk without a visitor, in both languages at once: the name of the bank, some
// of the things that visitors can do, and the time. The content moves once a minute, so that nothing burns into the screen.
//
// Start at Attract.
package attract

import (
	"slices"
	"strconv"
	"strings"
	"time"

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
	textMoveInterval = time.Minute
)

// Keys returns the keys that do more than begin a visit. hasSpeech is true if the desk can speak.
func Keys(hasSpeech bool) []keys.Binding { return slices.Concat(keyRows(hasSpeech)...) }

// keyRows returns the keys that do more than begin a visit, line by line. The key that reads aloud has a line of its own.
func keyRows(hasSpeech bool) (rows [][]keys.Binding) {
	if hasSpeech {
		rows = append(rows, []keys.Binding{withBothHints(keys.Speech)})
	}
	return append(rows, []keys.Binding{keys.Language, withBothHints(keys.KeptData)})
}

// withBothHints returns a key whose hint is in both languages.
func withBothHints(key keys.Binding) keys.Binding {
	return key.WithHint(text.SameInBoth(key.Hint.NL + " " + theme.Separator + " " + key.Hint.EN))
}

// An Attract is the screen of a kiosk without a visitor.
type Attract struct {
	Width, Height  int           // Width and Height are the size of the terminal in cells.
	HasSpeech      bool          // HasSpeech is true if the desk can speak.
	Offers         []place.ID    // Offers are places that a visitor can go to from home.
	UnattendedTime time.Duration // UnattendedTime is how long there has been no visitor.
}

// OfferRotationCount returns the number of times that the offers have changed, given how long there has been no visitor.
func OfferRotationCount(alone time.Duration) int { return int(alone / offersInterval) }

// Draw draws the screen, and returns where on the terminal its keys can be clicked. It uses only the language, theme and time
// of the frame.
func (a Attract) Draw(f screen.Frame) (content string, zones []screen.KeyZone) {
	moved := int(a.UnattendedTime / textMoveInterval)
	var drawn []string
	zonesOf := map[string][]screen.KeyZone{}
	for _, row := range keyRows(a.HasSpeech) {
		line, its := bars.DrawHints(f, row)
		drawn, zonesOf[line] = append(drawn, line), its
	}
	lines := a.textLines(f, moved, drawn)
	width := screen.WidestTextWidth(lines)
	right, down := a.Width-width, a.Height-len(lines)
	x, y := bouncePosition(right/2+5*moved, right), bouncePosition(down/2+moved, down)
	for i, line := range lines {
		left := x + (width-screen.Width(line))/2
		if line != "" {
			lines[i] = strings.Repeat(" ", left) + line
		}
		zones = append(zones, screen.MoveZones(zonesOf[line], left, y+i)...)
	}
	return strings.Repeat("\n", y) + strings.Join(lines, "\n"), zones
}

// bouncePosition returns a number that goes from 0 to most and back as n increases.
func bouncePosition(n, most int) int {
	if most <= 0 {
		return 0
	}
	n %= 2 * most
	return min(n, 2*most-n)
}

// minLargeTimeHeight is the minimum height, in lines, of a terminal on which the time is large.
const minLargeTimeHeight = 30

// textLines returns the text of the screen. The name of the bank is above the text or, after every other move, below it.
// drawnKeys are the lines with the keys. The last one is at the bottom, and the others are where the text says how to begin.
func (a Attract) textLines(f screen.Frame, moved int, drawnKeys []string) []string {
	var p screen.Page
	p.Add(textInBothLanguages(f, words.DeskName), "")
	p.Add(a.offerLines(f)...)
	p.Add("")
	p.Add(a.invitationLines(f)...)
	last := len(drawnKeys) - 1
	p.Add(drawnKeys[:last]...)
	p.Add("")
	p.Add(a.clockLines(f)...)
	p.Add(drawnKeys[last])
	house := screen.StyleLines(f.Theme.Accent, theme.LogoLines())
	if screen.WidestTextWidth(house) > a.Width || len(house)+1+len(p.Lines) > a.Height {
		house, p.Lines = []string{f.Theme.Strong.Render(words.BankName)}, a.linesThatFit(p.Lines)
	}
	if moved%2 == 1 {
		return slices.Concat(p.Lines, []string{""}, house)
	}
	return slices.Concat(house, []string{""}, p.Lines)
}

// invitationLines returns how to begin, in both languages. A Linux console knows no touch screen.
func (a Attract) invitationLines(f screen.Frame) (lines []string) {
	how := words.TouchToBeginText
	if f.Theme.IsConsole {
		how = words.PressToBeginText
	}
	for _, each := range []string{how.NL, how.EN} {
		lines = append(lines, screen.StyleLines(f.Theme.Strong, f.Wrap(f.Translate(text.SameInBoth(each)), a.Width))...)
	}
	return lines
}

// linesThatFit returns the lines that fit on a small terminal together with the name of the bank. It leaves out lines that are too
// wide and, if there are too many lines, empty lines.
func (a Attract) linesThatFit(lines []string) []string {
	lines = slices.DeleteFunc(lines, func(line string) bool { return screen.Width(line) > a.Width })
	const house = 2 // house is the number of lines for the name of the bank, including an empty line.
	if len(lines)+house > a.Height {
		lines = slices.DeleteFunc(lines, func(line string) bool { return line == "" })
	}
	return lines
}

// clockLines returns the day and the time. The time is large if there is room.
func (a Attract) clockLines(f screen.Frame) []string {
	now, day := f.Now.In(dutch.AmsterdamZone).Format("15:04"), textInBothLanguages(f, dayText(f.Now))
	both := day + " " + theme.Separator + " " + now
	if a.Height < minLargeTimeHeight {
		return []string{both}
	}
	return append(theme.DrawHugeFigures(now), both)
}

// dayText returns the day without its year: "zondag 22 november".
func dayText(at time.Time) text.Text {
	date := dutch.DateOf(at)
	year := " " + strconv.Itoa(date.Year)
	full := date.LongWeekdayText()
	return text.New(strings.TrimSuffix(full.NL, year), strings.TrimSuffix(full.EN, year))
}

// offerLines returns the names of some of the things that visitors can do.
func (a Attract) offerLines(f screen.Frame) []string {
	from := OfferRotationCount(a.UnattendedTime) * offersAtOnce
	var lines []string
	for i := range offersAtOnce {
		place := a.Offers[(from+i)%len(a.Offers)]
		lines = append(lines, textInBothLanguages(f, flows.PlaceAt(place).Name))
	}
	return lines
}

// textInBothLanguages returns a text in Dutch followed by English.
func textInBothLanguages(f screen.Frame, t text.Text) string {
	return f.Translate(text.SameInBoth(t.NL + " " + theme.Separator + " " + t.EN))
}
