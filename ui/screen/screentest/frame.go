// Package screentest helps tests of screens and of the program that shows them: it has frames
// to draw in, keys to press, and a desk with three customers.
package screentest

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/theme"
)

// FrameTime is the time of all frames and of the clock of the desk.
var FrameTime = time.Date(2026, 11, 22, 14, 7, 0, 0, dutch.AmsterdamZone)

const (
	NarrowWidth  = 39 // NarrowWidth is the width of the narrowest column, in cells.
	normalHeight = 18 // normalHeight is the number of page lines on a terminal of 80 by 24.
	minHeight    = 7  // minHeight is the number of page lines on the smallest terminal.
)

// Frame returns a frame of width cells, with the page height of a terminal of 80 by 24.
func Frame(language text.Language, width int) screen.Frame {
	return screen.Frame{
		Width: width, Height: normalHeight, Lang: language,
		Theme: theme.New(theme.Normal, colorprofile.ANSI, false), Now: FrameTime,
	}
}

// PageText returns the lines of a page without styles, and without spaces at their ends.
func PageText(p screen.Page) string {
	lines := strings.Split(ansi.Strip(strings.Join(p.Lines, "\n")), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Words returns the words of a page, without its drawings.
func Words(p screen.Page) (all []string) {
	for _, word := range strings.Fields(PageText(p)) {
		if word = strings.Trim(word, "█▀▄░▒─│┌┐└┘┤┼║╔╗╚╝═[]▶·"); word != "" {
			all = append(all, word)
		}
	}
	return all
}

// MissingWords returns the elements of words that occur less often in others. A word is repeated as many times as it is
// missing.
func MissingWords(words, others []string) (missing []string) {
	left := map[string]int{}
	for _, word := range others {
		left[word]++
	}
	for _, word := range words {
		if left[word]--; left[word] < 0 {
			missing = append(missing, word)
		}
	}
	return missing
}

// DrawInFrames draws a screen in both languages, at both widths and on a Linux console, without
// styles.
func DrawInFrames(s screen.Screen) string {
	var b strings.Builder
	show := func(of string, f screen.Frame) {
		fmt.Fprintf(&b, "%s\n\n%s\n\n", strings.ToUpper(of), PageText(s.View(f)))
	}
	for _, width := range []int{screen.ColumnWidth, NarrowWidth} {
		for _, language := range []text.Language{text.Dutch, text.English} {
			show(fmt.Sprintf("%s %d", language, width), Frame(language, width))
		}
	}
	console := Frame(text.Dutch, screen.ColumnWidth)
	console.Theme = theme.New(theme.Normal, colorprofile.ANSI, true)
	show("nl console", console)
	return b.String()
}

// RandomFrame returns a random frame.
func RandomFrame(t *rapid.T) screen.Frame {
	f := Frame(rapid.SampledFrom([]text.Language{text.Dutch, text.English}).Draw(t, "language"), rapid.IntRange(NarrowWidth, screen.ColumnWidth).Draw(t, "width"))
	f.Height = rapid.IntRange(minHeight, 60).Draw(t, "height")
	f.Theme = theme.New(rapid.SampledFrom([]theme.Name{theme.Normal, theme.SpaciousContrast}).Draw(t, "theme"), colorprofile.ANSI, rapid.Bool().Draw(t, "console"))
	return f
}

// CheckFits fails the test if a page does not fit the frame that it was drawn in, or has
// control characters.
func CheckFits(t *rapid.T, f screen.Frame, p screen.Page) {
	for i, line := range p.Lines {
		if width := screen.Width(line); width > f.Width {
			t.Errorf("line %d is %d wide in a frame of %d: %q", i, width, f.Width, line)
		}
		if strings.IndexFunc(ansi.Strip(line), func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) >= 0 {
			t.Errorf("line %d drives the terminal: %q", i, line)
		}
	}
	if p.Focus.From < 0 || p.Focus.From > p.Focus.To || p.Focus.To >= len(p.Lines) {
		t.Errorf("the focus is on %v of %d lines", p.Focus, len(p.Lines))
	}
	if p.Cursor != nil && p.Cursor.Y >= len(p.Lines) {
		t.Errorf("the cursor is on line %d of %d", p.Cursor.Y, len(p.Lines))
	}
}
