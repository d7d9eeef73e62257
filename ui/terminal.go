package ui

import (
	"fmt"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/bars"
)

// terminal has the properties of the terminal. Bubble Tea reports them in several messages after the start.
type terminal struct {
	width, height int
	profile       colorprofile.Profile
	isConsole     bool // isConsole is true on a Linux console, which has no mouse and few glyphs.
	// isConsoleKnown is true after Bubble Tea has reported the environment, which says whether the terminal is a Linux
	// console.
	isConsoleKnown bool
}

// The size of the smallest terminal on which the kiosk can be used (R15).
const (
	minWidth  = 40
	minHeight = 12
)

// contentWidth returns the number of cells between the margins.
func (t terminal) contentWidth() int {
	edges := 4
	if t.width < 60 {
		edges = 1
	}
	return max(t.width-edges, 1)
}

// pageHeight returns the number of lines between header and footer.
func (t terminal) pageHeight() int { return t.height - bars.HeaderHeight - bars.FooterHeight }

// topMargin returns the number of empty lines above every page. It depends only on the size of the terminal, so that the title
// is always on the same line.
func (t terminal) topMargin() int {
	const usual = 24 - bars.HeaderHeight - bars.FooterHeight
	spare := t.pageHeight() - usual
	if spare < 0 || t.width < 60 {
		return 0
	}
	return 1 + spare/4
}

func (t terminal) isTooSmall() bool { return t.width < minWidth || t.height < minHeight }

// tooSmallText returns the line that a terminal shows if it is too small.
func (t terminal) tooSmallText(language text.Language) string {
	asks := text.New("Kies ssh -T, of minstens %d bij %d", "Use ssh -T, or at least %d by %d")
	line := fmt.Sprintf(asks.In(language), minWidth, minHeight)
	return ansi.Truncate(line, t.width, "")
}
