package ui

import (
	"fmt"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/bars"
)

// terminal is what the kiosk knows of its terminal. Bubble Tea reports it in several
// messages just after the start.
type terminal struct {
	width, height  int
	profile        colorprofile.Profile
	isConsole      bool // a Linux console: no mouse, and few glyphs
	isConsoleKnown bool // the terminal has said whether it is a Linux console
}

// The smallest terminal that the kiosk can be used on (R15).
const (
	minWidth  = 40
	minHeight = 12
)

// room returns how many cells are left beside the edges.
func (t terminal) room() int {
	edges := 4
	if t.width < 60 {
		edges = 1
	}
	return max(t.width-edges, 1)
}

// pageHeight returns how many lines there are between header and footer.
func (t terminal) pageHeight() int { return t.height - bars.HeaderHeight - bars.FooterHeight }

// topMargin returns how many of them stay empty above every page, so that titles stand in the
// same place whatever comes below: the higher the terminal, the more.
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
