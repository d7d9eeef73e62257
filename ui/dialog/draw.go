package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/ui/screen"
	"loket/ui/theme"
)

// A zone is where on the terminal a choice can be clicked.
type zone struct{ x, y, width int }

// width is how many cells a question takes at most, including its frame.
const width = 56

// draw draws the question in a box, and returns the position of the cursor in the box. It
// sets the zones of the choices, in coordinates of the box.
func (d *Dialog) draw(f screen.Frame) (box string, cursor tea.Position) {
	style := f.Theme.Dialog
	inner := min(width, f.Width) - style.GetHorizontalFrameSize()
	lines := f.Wrap(f.Theme.Title.Render(f.Say(d.Asks)), inner)
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Say(d.Tells), inner)...)
	lines = append(lines, "")

	left, top := style.GetBorderLeftSize()+style.GetPaddingLeft(), style.GetBorderTopSize()+style.GetPaddingTop()
	row := ""
	d.zones = d.zones[:0]
	for i, c := range d.Choices {
		label, mark := f.Say(c.Label), "  "
		at := zone{left + lipgloss.Width(row), top + len(lines), screen.MarkWidth + lipgloss.Width(label)}
		d.zones = append(d.zones, at)
		if i == d.chosen {
			label, mark = f.Theme.Chosen.Render(label), f.Theme.Accent.Render(theme.Marker)+" "
			cursor = tea.Position{X: at.x + screen.MarkWidth, Y: at.y}
		}
		row += mark + label + "    "
	}
	lines = append(lines, screen.Pad(row, inner))
	return style.Render(lipgloss.JoinVertical(lipgloss.Left, lines...)), cursor
}

// Over draws the question in the middle of a terminal of a given size, over content in a muted
// colour. It leaves out the lines of content that the question would partly cover.
func (d *Dialog) Over(content string, f screen.Frame, wide, high int) (string, *tea.Cursor) {
	box, at := d.draw(f)
	width, height := lipgloss.Size(box)
	x, y := (wide-width)/2, (high-height)/2
	for i := range d.zones {
		d.zones[i].x, d.zones[i].y = d.zones[i].x+x, d.zones[i].y+y
	}
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
