package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// A dialog is a question that goes before everything else on the screen. Esc
// leaves everything as it was.
type dialog struct {
	asks, tells text.Text
	choices     []choice
	chosen      int
	keys        []keys.Binding // in the footer, if not the usual ones
}

// A choice is one of the answers.
type choice struct {
	label text.Text
	then  func() tea.Cmd // may be nil
}

// Keys names the keys that answer.
func (d *dialog) Keys() []keys.Binding {
	if d.keys != nil {
		return d.keys
	}
	if len(d.choices) == 1 {
		return []keys.Binding{keys.Enter.As(words.Lower(d.choices[0].label))}
	}
	return []keys.Binding{keys.LeftRight, keys.Enter.As(text.New("bevestigen", "confirm")), keys.Esc}
}

// dialogWidth is how wide a question is at most, with its frame.
const dialogWidth = 56

// draw draws the dialog, and tells where in it the cursor is.
func (d *dialog) draw(f screen.Frame) (box string, cursor tea.Position) {
	style := f.Theme.Dialog
	inner := min(dialogWidth, f.Width) - style.GetHorizontalFrameSize()
	lines := f.Wrap(f.Theme.Title.Render(f.Say(d.asks)), inner)
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Say(d.tells), inner)...)
	lines = append(lines, "")

	row, x := "", 0
	for i, c := range d.choices {
		label, mark := f.Say(c.label), "  "
		if i == d.chosen {
			label, mark = f.Theme.Chosen.Render(label), f.Theme.Accent.Render(theme.Marker)+" "
			x = lipgloss.Width(row)
		}
		row += mark + label + "    "
	}
	cursor.X = style.GetBorderLeftSize() + style.GetPaddingLeft() + x
	cursor.Y = style.GetBorderTopSize() + style.GetPaddingTop() + len(lines)
	lines = append(lines, screen.Pad(row, inner))
	return style.Render(lipgloss.JoinVertical(lipgloss.Left, lines...)), cursor
}

// over draws a question over what stands there, which steps back, on a terminal of such
// a size. Beside the question and next to it nothing is left of that: nobody can read
// half a line.
func (d *dialog) over(content string, f screen.Frame, wide, high int) (string, *tea.Cursor) {
	box, at := d.draw(f)
	width, height := lipgloss.Size(box)
	x, y := (wide-width)/2, (high-height)/2
	behind := strings.Split(ansi.Strip(content), "\n")
	for i, line := range behind {
		if behind[i] = f.Theme.Muted.Render(line); y-1 <= i && i <= y+height {
			behind[i] = ""
		}
	}
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(strings.Join(behind, "\n")),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1))
	return lipgloss.NewCanvas(wide, high).Compose(layers).Render(), screen.NewCursor(x+at.X, y+at.Y)
}
