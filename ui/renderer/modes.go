package renderer

import (
	"image/color"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// modes are the settings of a terminal that a view asks for.
type modes struct {
	mouse                  tea.MouseMode
	title                  string
	background, foreground color.Color
	cursor                 int // its style, as in DECSCUSR; 0 for the terminal's own
}

func viewModes(v tea.View) modes {
	return modes{v.MouseMode, v.WindowTitle, v.BackgroundColor, v.ForegroundColor, cursorStyle(v.Cursor)}
}

// cursorStyle is the style of a cursor: 1 and 2 are a block, 3 and 4 a line below, 5 and 6 a
// bar, of which the first blinks. A block that blinks is left to the terminal.
func cursorStyle(c *tea.Cursor) int {
	if c == nil {
		return 0
	}
	style := 2*int(c.Shape) + 1
	if !c.Blink {
		style++
	}
	if c.Shape == tea.CursorBlock && c.Blink {
		return 0
	}
	return style
}

// switchSequences returns the sequences that switch a terminal from modes m to other modes.
func (m modes) switchSequences(to modes) (sequences string) {
	if m.mouse != to.mouse {
		sequences += ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr
		switch to.mouse {
		case tea.MouseModeCellMotion:
			sequences += ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
		case tea.MouseModeAllMotion:
			sequences += ansi.SetModeMouseAnyEvent + ansi.SetModeMouseExtSgr
		}
	}
	if m.title != to.title {
		sequences += ansi.SetWindowTitle(to.title)
	}
	if m.cursor != to.cursor {
		sequences += ansi.SetCursorStyle(to.cursor)
	}
	return sequences +
		colorSequence(m.background, to.background, ansi.SetBackgroundColor, ansi.ResetBackgroundColor) +
		colorSequence(m.foreground, to.foreground, ansi.SetForegroundColor, ansi.ResetForegroundColor)
}

func colorSequence(from, to color.Color, set func(string) string, reset string) string {
	if from == to {
		return ""
	}
	if to == nil {
		return reset
	}
	if c, is := colorful.MakeColor(to); is {
		return set(c.Hex())
	}
	return ""
}
