package renderer

import (
	"image/color"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"
)

// modes are the settings of a terminal that a view asks for.
type modes struct {
	mouse      tea.MouseMode
	title      string
	paper, ink color.Color
}

func viewModes(v tea.View) modes {
	return modes{v.MouseMode, v.WindowTitle, v.BackgroundColor, v.ForegroundColor}
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
	return sequences +
		colorSequence(m.paper, to.paper, ansi.SetBackgroundColor, ansi.ResetBackgroundColor) +
		colorSequence(m.ink, to.ink, ansi.SetForegroundColor, ansi.ResetForegroundColor)
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
