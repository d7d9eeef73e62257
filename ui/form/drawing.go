package form

import (
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// draw draws a step, with what it shows.
func (f *state) draw(fr screen.Frame, shows func(*drawing)) screen.Page {
	d := &drawing{Frame: fr, state: f, fieldColumn: screen.MarkWidth + f.labelWidth(fr)}
	if d.stacked = fr.Width-d.fieldColumn < leastField; d.stacked {
		d.fieldColumn = screen.MarkWidth
	}
	f.rows = f.rows[:0]
	d.drawHead()
	shows(d)
	for i, each := range f.fields {
		if i > 0 {
			d.addGap(0)
		}
		d.drawField(i, each)
	}
	if len(f.fields) > 0 {
		d.addGap(1)
	}
	if !f.isAutomatic() {
		d.drawSubmit()
	}
	d.drawOffers()
	if f.focus == noFocus {
		d.Cursor = screen.NewCursor(0, 0)
	}
	return d.Page
}

// labelWidth is how wide the column of labels is.
func (f *state) labelWidth(fr screen.Frame) (width int) {
	for _, each := range f.fields {
		width = max(width, lipgloss.Width(fr.Say(each.Label)))
	}
	return width + labelGap
}

const (
	labelGap   = 3
	leastField = 36 // cells for a field, without which it goes below its label
)

// drawing is a form while it is drawn.
type drawing struct {
	screen.Frame
	screen.Page
	state *state

	fieldColumn int  // where the fields begin, beside their labels
	stacked     bool // the labels stand above the fields instead
}

// drawHead says what the step is, what to know, and why the visitor is back here.
func (d *drawing) drawHead() {
	s := d.state.snapshot
	d.Add(d.Title(*s.title)...)
	if s.body != nil {
		d.Add(d.Wrap(d.Say(*s.body), d.Width)...)
		d.Add("")
	}
	switch {
	case d.state.failure != nil:
		d.drawNotice(words.FailureText(d.state.failure))
	case s.note != nil:
		d.drawNotice(*s.note)
	}
}

// drawNotice says what the visitor should notice before all else.
func (d *drawing) drawNotice(t text.Text) {
	d.drawMarked(0, d.Theme.Strong, t)
	d.Add("")
}

// addGap leaves lines free if there is room for that, and at least so many.
// They belong to what stands above them, for a press there.
func (d *drawing) addGap(least int) {
	d.Add(make([]string, max(d.Gap, least))...)
	if rows := d.state.rows; len(rows) > 0 {
		rows[len(rows)-1].To = len(d.Lines) - 1
	}
}

// drawUnderField writes text under a field, if there is any.
func (d *drawing) drawUnderField(left int, style lipgloss.Style, t *text.Text) {
	if t == nil {
		return
	}
	for _, line := range d.Wrap(d.Say(*t), d.Width-left) {
		d.Add(strings.Repeat(" ", left) + style.Render(line))
	}
}

// drawProblem writes under a field what must be mended, if something must.
func (d *drawing) drawProblem(left int, t *text.Text) {
	if t != nil {
		d.drawMarked(left, d.Theme.Bad, *t)
	}
}

// drawMarked writes text with the mark of a problem before it.
func (d *drawing) drawMarked(left int, style lipgloss.Style, t text.Text) {
	mark := strings.Repeat(" ", left) + d.Theme.Problem.Render(theme.ProblemMark) + " "
	for _, line := range d.Wrap(d.Say(t), d.Width-left-screen.MarkWidth) {
		d.Add(mark + style.Render(line))
		mark = strings.Repeat(" ", left+screen.MarkWidth)
	}
}

// recordRow notes where something stands that can have the focus.
func (d *drawing) recordRow(focused bool, from int) {
	row := screen.Span{From: from, To: len(d.Lines) - 1}
	if focused {
		d.Focus = d.withTitle(row)
	}
	d.state.rows = append(d.state.rows, row)
	if focused && d.state.isBusy {
		d.Cursor = nil
	}
}

// withTitle returns the lines to keep in sight with what has the focus. With the first field, that
// is the title too if the field then fits, but for a hint below it.
func (d *drawing) withTitle(row screen.Span) screen.Span {
	if len(d.state.rows) > 0 || d.Cursor == nil {
		return row
	}
	needed := row.To
	if len(d.state.fields) > 0 && d.state.fields[0].problem == nil {
		needed = d.Cursor.Y
	}
	if needed < d.Height {
		return screen.Span{From: 0, To: min(row.To, d.Height-1)}
	}
	return row
}
