package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/ui/bars"
	"loket/ui/screen"
)

// A zone is where on the terminal a choice can be clicked.
type zone struct{ x, y, width int }

// width is how many cells a question takes at most, including its frame.
const width = 56

// draw draws the question in a box for a terminal of high lines, and returns the position of the
// cursor in the box. It sets the zones of the choices, in coordinates of the box.
func (d *Dialog) draw(f screen.Frame, high int) (box string, cursor tea.Position) {
	style := f.Theme.Dialog
	if high < lowHeight {
		style = style.Padding(0, 1)
	}
	inner := min(width, f.Width) - style.GetHorizontalFrameSize()
	lines := screen.StyleLines(f.Theme.Title, f.Wrap(f.Say(d.Asks), inner))
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Say(d.Tells), inner)...)
	lines = append(lines, "")

	left, top := style.GetBorderLeftSize()+style.GetPaddingLeft(), style.GetBorderTopSize()+style.GetPaddingTop()
	row := ""
	d.zones = d.zones[:0]
	for i, c := range d.Choices {
		button := f.WithMarker("[ "+f.Say(c.Label)+" ]", i == d.chosen)
		if row != "" && lipgloss.Width(row+button) > inner {
			lines, row = append(lines, row), ""
		}
		at := zone{left + lipgloss.Width(row), top + len(lines), lipgloss.Width(button)}
		d.zones = append(d.zones, at)
		if i == d.chosen {
			cursor = tea.Position{X: at.x + screen.MarkWidth + screen.EdgeWidth, Y: at.y}
		}
		row += f.Highlight(button, i == d.chosen, at.width) + gap
	}
	lines = append(lines, screen.Pad(row, inner))
	return style.Render(lipgloss.JoinVertical(lipgloss.Left, lines...)), cursor
}

const (
	gap       = "  " // between choices
	lowHeight = 20   // lines of a terminal, below which a question has no padding
)

// Over draws the question in the middle of a terminal of a given size, over content in a muted
// colour, but above the lines of keys. Below the header it leaves out the lines of content that
// the question would partly cover.
func (d *Dialog) Over(content string, f screen.Frame, wide, high int) (string, *tea.Cursor) {
	box, at := d.draw(f, high)
	width, height := lipgloss.Size(box)
	x, y := (wide-width)/2, max(min((high-height)/2, high-bars.FooterHeight-height), 0)
	for i := range d.zones {
		d.zones[i].x, d.zones[i].y = d.zones[i].x+x, d.zones[i].y+y
	}
	behind := strings.Split(content, "\n")
	for i, line := range behind[:max(len(behind)-bars.FooterHeight, 0)] {
		if behind[i] = f.StepBack(line); i >= bars.HeaderHeight && y-1 <= i && i <= y+height {
			behind[i] = ""
		}
	}
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(strings.Join(behind, "\n")),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1))
	return lipgloss.NewCanvas(wide, high).Compose(layers).Render(), screen.NewCursor(x+at.X, y+at.Y)
}
