package form

import (
	"strings"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// draw draws a step. It calls shows after drawing the head, to draw more above the fields.
func (f *state) draw(fr screen.Frame, shows func(*drawing)) screen.Page {
	d := &drawing{Frame: fr, state: f, fieldColumn: screen.FocusMarkerWidth + f.labelWidth(fr)}
	if d.stacked = fr.Width-d.fieldColumn < minFieldWidth; d.stacked {
		d.fieldColumn = screen.FocusMarkerWidth
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
	if !f.isStepAutomatic() {
		d.drawSubmit()
	}
	d.drawOffers()
	if f.focus == noFocus {
		d.Cursor = screen.NewCursor(0, 0)
	}
	d.Choices = f.choiceRows()
	return d.Page
}

// labelWidth returns the width of the column of labels, in cells.
func (f *state) labelWidth(fr screen.Frame) (width int) {
	for _, each := range f.fields {
		width = max(width, screen.Width(fr.Translate(each.Label)))
	}
	return width + labelGap
}

const (
	labelGap = 3
	// minFieldWidth is the least width of a field, in cells. If less is left beside the label, the field goes below the label.
	minFieldWidth = 36
)

// drawing is the page of a form while it is being drawn.
type drawing struct {
	screen.Frame
	screen.Page
	state *state

	fieldColumn int  // fieldColumn is the cell at which the fields begin.
	noticeLine  int  // noticeLine is the line of the notice, if there is one.
	stacked     bool // stacked is true if the labels are above the fields instead of beside them.
}

// drawHead draws the title and the text of the step, and why the last submit failed.
func (d *drawing) drawHead() {
	s := d.state.snapshot
	d.Add(d.DrawTitle(*s.title)...)
	if s.body != nil {
		d.Add(d.Wrap(d.Translate(*s.body), d.Width)...)
		d.Add("")
	}
	switch {
	case d.state.failure != nil:
		d.drawNotice(words.FailureText(d.state.failure))
	case s.note != nil:
		d.drawNotice(*s.note)
	}
}

// drawNotice draws a text that the visitor must notice first.
func (d *drawing) drawNotice(t text.Text) {
	d.noticeLine = len(d.Lines)
	d.drawMarkedText(0, d.Theme.Strong, t)
	d.Add("")
}

// addGap adds the empty lines of a gap, at least the given number. A click on the gap counts as a click on the row above it.
func (d *drawing) addGap(least int) {
	d.Add(make([]string, max(d.Gap, least))...)
	if rows := d.state.rows; len(rows) > 0 {
		rows[len(rows)-1].To = len(d.Lines) - 1
	}
}

// drawUnderField writes text under a field. It does nothing if the text is nil.
func (d *drawing) drawUnderField(left int, style theme.Style, t *text.Text) {
	if t == nil {
		return
	}
	for _, line := range d.Wrap(d.Translate(*t), d.Width-left) {
		d.Add(strings.Repeat(" ", left) + style.Render(line))
	}
}

// drawProblem writes under a field what is wrong with its answer. It does nothing if the text is nil.
func (d *drawing) drawProblem(left int, t *text.Text) {
	if t != nil {
		d.drawMarkedText(left, d.Theme.Bad, *t)
	}
}

// drawMarkedText writes text with a problem mark before it.
func (d *drawing) drawMarkedText(left int, style theme.Style, t text.Text) {
	mark := strings.Repeat(" ", left) + d.Theme.Problem.Render(theme.ProblemMark) + " "
	for _, line := range d.Wrap(d.Translate(t), d.Width-left-screen.FocusMarkerWidth) {
		d.Add(mark + style.Render(line))
		mark = strings.Repeat(" ", left+screen.FocusMarkerWidth)
	}
}

// recordFocusRow records the lines of a part of the page that can have the focus: the lines from from to the end.
func (d *drawing) recordFocusRow(focused bool, from int) {
	row := screen.Span{From: from, To: len(d.Lines) - 1}
	if focused {
		d.Focus = d.addTitleToRow(row)
		if d.state.isNoticeNew {
			d.Focus.From = d.noticeLine
		}
	}
	d.state.rows = append(d.state.rows, row)
	if focused && d.state.isBusy {
		d.Cursor = nil
	}
}

// addTitleToRow returns the lines that must be visible when a row has the focus. For the first row, they include the title if the
// row then still fits. The hint below the field may be cut off.
func (d *drawing) addTitleToRow(row screen.Span) screen.Span {
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

// choiceRows returns the lines of each part of the page that a click chooses: the fields, the options of choice fields, the
// button and the offers.
func (f *state) choiceRows() (all []screen.Span) {
	for i, row := range f.rows {
		if i < len(f.fields) && f.fields[i].Kind == flow.KindChoice {
			all = append(all, f.fields[i].optionRows...)
			continue
		}
		all = append(all, row)
	}
	return all
}
