package theme

import "charm.land/lipgloss/v2"

// The colours on a terminal of 256 or more, each in a place of the 256 that no terminal
// lets its owner change. The orange keeps 3 to 1, as WCAG 2.2 asks for drawings (1.4.11), with
// the grounds that terminals usually have; black on it, and white on the red, have
// more than the 4.5 to 1 of text (1.4.3).
var (
	black  = lipgloss.Color("16")
	white  = lipgloss.Color("231")
	orange = lipgloss.Color("166")
	red    = lipgloss.Color("124")
)

// The colours of a Linux console. One that is elsewhere has a palette of its own, on which
// letters in these can be read too.
var (
	consoleOrange = lipgloss.Yellow
	consoleGreen  = lipgloss.Green
	consoleRed    = lipgloss.BrightRed
	consoleGrey   = lipgloss.Cyan
)
