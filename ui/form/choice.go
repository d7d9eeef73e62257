package form

import (
	"strconv"
	"strings"

	"loket/flows/flow"
	"loket/ui/screen"
	"loket/ui/theme"
)

// In a choice field, arrow keys move a marker between the options. From the first or last option they move to another field.
// Moving the marker does not choose an option (R31): Enter and Space choose the option at the marker, and a digit or a click
// chooses any option.

const radioWidth = len("(x) 1  ")

// drawOptions draws a choice field with one option on each line. The options are beside the label or, if they are too long,
// below it.
func (d *drawing) drawOptions(i int, each *field) {
	focused, from, left := i == d.state.focus, len(d.Lines), d.fieldColumn
	label := d.Translate(each.Label)
	if focused {
		label = d.Theme.Strong.Render(label)
	}
	label = "  " + label
	if d.stacked || left+radioWidth+d.widestOption(each.Options) > d.Width {
		d.Add(label)
		label, left = "", 2*screen.FocusMarkerWidth
	}
	each.optionRows = each.optionRows[:0]
	for j, o := range each.Options {
		chosen, row := j == each.chosenIndex(), screen.Span{From: len(d.Lines), To: len(d.Lines)}
		marked := focused && j == each.markedOption
		if marked {
			d.Cursor = screen.NewCursor(left+radioWidth, row.From)
		}
		for _, line := range d.drawRadio(j, o, chosen, marked, d.Width-left) {
			d.Add(screen.Pad(label, left-screen.FocusMarkerWidth) + line)
			label = ""
		}
		if j < len(each.Options)-1 {
			d.Add(make([]string, max(d.Gap-1, 0))...)
		}
		row.To = len(d.Lines) - 1
		each.optionRows = append(each.optionRows, row)
	}
	d.drawProblem(left+radioWidth, each.problem)
	d.drawUnderField(left+radioWidth, d.Theme.Muted, d.state.snapshot.hints[i])
	d.recordFocusRow(focused, from)
	if focused { // If the options do not all fit on the page, keep the option at the marker visible.
		if each.markedOption > 0 {
			d.Focus.From = each.optionRows[each.markedOption].From
		}
		if each.markedOption < len(each.Options)-1 {
			d.Focus.To = each.optionRows[each.markedOption].To
		}
	}
}

// widestOption returns the width of the widest option, in cells.
func (d *drawing) widestOption(options []flow.Option) (width int) {
	for _, o := range options {
		width = max(width, screen.Width(d.Translate(o.Name)))
	}
	return width
}

// drawRadio draws an option in width cells. If marked is true, it draws the marker before the option.
func (d *drawing) drawRadio(i int, o flow.Option, chosen, marked bool, width int) []string {
	mark, edge, style := " ", d.Theme.Rule, d.Theme.Text
	if chosen {
		mark, style = theme.Bullet, d.Theme.Strong
	}
	lines := screen.StyleLines(style, d.Wrap(d.Translate(o.Name), width-radioWidth))
	radio := edge.Render("(") + d.Theme.Accent.Render(mark) + edge.Render(")")
	for j, line := range lines {
		lead := strings.Repeat(" ", radioWidth)
		if j == 0 {
			lead = radio + " " + d.Theme.Muted.Render(strconv.Itoa(i+1)) + "  "
		}
		lines[j] = d.Highlight(d.AddFocusMarker(lead+line, marked && j == 0), marked, screen.FocusMarkerWidth+width)
	}
	return lines
}
