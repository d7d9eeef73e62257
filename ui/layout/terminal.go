package layout

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/bars"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// Terminal has the properties of the terminal. Bubble Tea reports them in several messages after the start.
type Terminal struct {
	Width, Height int
	Profile       colorprofile.Profile
	IsConsole     bool // IsConsole is true on a Linux console, which has no mouse and few glyphs.
	IsRemote      bool // IsRemote is true if the terminal is on another machine.
	// IsConsoleKnown is true after Bubble Tea has reported the environment, which says whether the terminal is a Linux
	// console.
	IsConsoleKnown bool
}

// The size of the smallest terminal on which the kiosk can be used (R15).
const (
	MinWidth  = 40
	MinHeight = 12
)

// contentWidth returns the number of cells between the margins.
func (t Terminal) contentWidth() int {
	edges := 4
	if t.Width < 60 {
		edges = 1
	}
	return max(t.Width-edges, 1)
}

// ColumnFrame returns the frame of the column in the middle of the terminal, between header and footer. It has only a size.
func (t Terminal) ColumnFrame() screen.Frame {
	width := t.contentWidth()
	return screen.Frame{Width: min(screen.ColumnWidth, width), FullWidth: width, Height: max(t.pageHeight()-t.TopMargin(), 1)}
}

// pageHeight returns the number of lines between header and footer.
func (t Terminal) pageHeight() int { return t.Height - bars.HeaderHeight - bars.FooterHeight }

// TopMargin returns the number of empty lines above every page. It depends only on the size of the terminal, so that the title
// is always on the same line.
func (t Terminal) TopMargin() int {
	const usual = 24 - bars.HeaderHeight - bars.FooterHeight
	spare := t.pageHeight() - usual
	if spare < 0 || t.Width < 60 {
		return 0
	}
	return 1 + spare/4
}

func (t Terminal) IsTooSmall() bool { return t.Width < MinWidth || t.Height < MinHeight }

// TooSmallText returns what a terminal shows if it is too small: the size that is needed, and a way without it.
func (t Terminal) TooSmallText(language text.Language, hasPlainFace bool) string {
	asks := text.New("Nodig: minstens %d bij %d", "Needed: at least %d by %d")
	if t.IsRemote {
		asks = text.New("Kies ssh -T, of minstens %d bij %d", "Use ssh -T, or at least %d by %d")
	}
	lines := []string{fmt.Sprintf(asks.In(language), MinWidth, MinHeight)}
	if hasPlainFace {
		lines = append(lines, keys.PlainFace.FooterName()+": "+words.PlainFaceLabel.In(language))
	}
	for i, line := range lines {
		lines[i] = ansi.Truncate(line, t.Width, "")
	}
	return strings.Join(lines[:min(len(lines), t.Height)], "\n")
}
