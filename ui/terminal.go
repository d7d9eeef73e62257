package ui

import (
	"fmt"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
)

// terminal is what the kiosk knows of its terminal. Bubble Tea reports it in several
// messages just after the start.
type terminal struct {
	width, height int
	profile       colorprofile.Profile
	console       bool // a Linux console: no mouse, and few glyphs
	named         bool // the terminal has said whether it is a Linux console
}

// The smallest terminal that the kiosk can be used on (R15).
const (
	minWidth  = 60
	minHeight = 20
)

func (t terminal) tooSmall() bool { return t.width < minWidth || t.height < minHeight }

// tooSmallText returns the line that a terminal shows if it is too small.
func (t terminal) tooSmallText(language text.Language) string {
	asks := text.New("Maak het venster groter: %d bij %d", "Please enlarge the window: %d by %d")
	line := fmt.Sprintf(asks.In(language), minWidth, minHeight)
	return ansi.Truncate(line, t.width, "")
}
