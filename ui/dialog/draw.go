package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"loket/ui/bars"
	"loket/ui/screen"
)

// A zone is where a choice can be clicked on the terminal.
type zone struct{ x, y, width int }

// maxWidth is the maximum width of a question in cells, including its frame.
const maxWidth = 56

// draw draws the question in a box for a terminal of high lines. It returns the position of the cursor in the box, and sets
// the zones of the choices in coordinates of the box.
func (d *Dialog) draw(f screen.Frame, high int) (box string, cursor tea.Position) {
	style := *f.Theme.Dialog
	if high < lowTerminalHeight {
		style = style.Padding(0, 1)
	}
	inner := min(maxWidth, f.Width) - style.GetHorizontalFrameSize()
	lines := screen.StyleLines(f.Theme.Title, f.Wrap(f.Translate(d.Question), inner))
	lines = append(lines, "")
	lines = append(lines, f.Wrap(f.Translate(d.Explanation), inner)...)
	lines = append(lines, "")

	left, top := style.GetBorderLeftSize()+style.GetPaddingLeft(), style.GetBorderTopSize()+style.GetPaddingTop()
	row := ""
	d.zones = d.zones[:0]
	for i, c := range d.Choices {
		button := f.AddFocusMarker("[ "+f.Translate(c.Label)+" ]", i == d.focusIndex)
		if row != "" && screen.Width(row+button) > inner {
			lines, row = append(lines, row), ""
		}
		at := zone{left + screen.Width(row), top + len(lines), screen.Width(button)}
		d.zones = append(d.zones, at)
		if i == d.focusIndex {
			cursor = tea.Position{X: at.x + screen.FocusMarkerWidth + screen.FieldEdgeWidth, Y: at.y}
		}
		row += f.Highlight(button, i == d.focusIndex, at.width) + choiceGap
	}
	lines = append(lines, screen.Pad(row, inner))
	return style.Render(lipgloss.JoinVertical(lipgloss.Left, lines...)), cursor
}

const (
	choiceGap         = "  " // choiceGap is the space between choices.
	lowTerminalHeight = 20   // lowTerminalHeight is the height of a terminal, in lines, below which the box has no padding.
)

// DrawOver draws the question in the middle of the terminal, above the lines of keys. The content behind it is muted. Below
// the header, it leaves out lines of content that the box would partly cover.
func (d *Dialog) DrawOver(content string, f screen.Frame, totalWidth, totalHeight int) (string, *tea.Cursor) {
	box, at := d.draw(f, totalHeight)
	width, height := lipgloss.Size(box)
	x, y := (totalWidth-width)/2, max(min((totalHeight-height)/2, totalHeight-bars.FooterHeight-height), 0)
	for i := range d.zones {
		d.zones[i].x, d.zones[i].y = d.zones[i].x+x, d.zones[i].y+y
	}
	background := strings.Split(content, "\n")
	for i, line := range background[:max(len(background)-bars.FooterHeight, 0)] {
		if background[i] = f.DrawMuted(line); i >= bars.HeaderHeight && y-1 <= i && i <= y+height {
			background[i] = ""
		}
	}
	layers := lipgloss.NewCompositor(
		lipgloss.NewLayer(strings.Join(background, "\n")),
		lipgloss.NewLayer(box).X(x).Y(y).Z(1))
	return lipgloss.NewCanvas(totalWidth, totalHeight).Compose(layers).Render(), screen.NewCursor(x+at.X, y+at.Y)
}
