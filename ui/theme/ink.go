package theme

import "charm.land/lipgloss/v2"

// The colours for terminals with at least 256 colours. They are outside the first 16, so that users usually cannot change
// them. Orange has a contrast of at least 3 to 1 with common backgrounds, as WCAG 2.2 requires for graphics (1.4.11). Black on
// orange and white on red have more than the 4.5 to 1 that it requires for text (1.4.3).
var (
	black  = lipgloss.Color("16")
	white  = lipgloss.Color("231")
	orange = lipgloss.Color("166")
	red    = lipgloss.Color("124")
)

// The colours on a Linux console, by the names that they have before SetPaletteSequence changes them. They are also readable on a
// console that keeps its own palette.
var (
	consoleOrange = lipgloss.Yellow
	consoleGreen  = lipgloss.Green
	consoleRed    = lipgloss.BrightRed
	consoleGrey   = lipgloss.Cyan
)
