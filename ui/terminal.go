package ui

import (
	"fmt"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
)

// terminal is what is known of the one that the kiosk is on. It comes in pieces,
// just after the start.
type terminal struct {
	width, height int
	profile       colorprofile.Profile
	console       bool // a Linux console: no mouse, and few glyphs
	named         bool // console is known
}

// The smallest terminal that the kiosk can be used on (R15).
const (
	minWidth  = 60
	minHeight = 20
)

func (t terminal) tooSmall() bool { return t.width < minWidth || t.height < minHeight }

// tooSmallText returns the one line for a terminal that is too small.
func (t terminal) tooSmallText(language text.Language) string {
	asks := text.New("Maak het venster groter: %d bij %d", "Please enlarge the window: %d by %d")
	line := fmt.Sprintf(asks.In(language), minWidth, minHeight)
	return ansi.Truncate(line, t.width, "")
}
