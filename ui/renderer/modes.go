package renderer

import (
	"image/color"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// terminalModes are the terminal settings that a view asks for.
type terminalModes struct {
	mouse                  tea.MouseMode
	title                  string
	background, foreground color.Color
	cursor                 int // cursor is the DECSCUSR style of the cursor. 0 is the terminal's own style.
}

func modesForView(v tea.View) terminalModes {
	return terminalModes{v.MouseMode, v.WindowTitle, v.BackgroundColor, v.ForegroundColor, cursorStyle(v.Cursor)}
}

// cursorStyle returns the DECSCUSR style of a cursor. 1 and 2 are a block, 3 and 4 an underline, and 5 and 6 a bar. The first
// of each pair blinks. For a blinking block it returns 0, the terminal's own style.
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

// switchSequences returns the control sequences that switch a terminal from modes m to other modes.
func (m terminalModes) switchSequences(to terminalModes) (sequences string) {
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
