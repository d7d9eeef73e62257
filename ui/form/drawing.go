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
	d := &drawing{Frame: fr, state: f, left: screen.MarkWidth + f.labelWidth(fr)}
	f.rows = f.rows[:0]
	d.head()
	shows(d)
	for i, each := range f.fields {
		if i > 0 {
			d.addGap(0)
		}
		d.field(i, each)
	}
	if len(f.fields) > 0 {
		d.addGap(1)
	}
	if !f.isAutomatic() {
		d.submit()
	}
	d.offers()
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

const labelGap = 3

// drawing is a form while it is drawn.
type drawing struct {
	screen.Frame
	screen.Page
	state *state
	left  int // where the fields begin, beside their labels
}

// head says what the step is, what to know, and why the visitor is back here.
func (d *drawing) head() {
	s := d.state.snapshot
	d.Add(screen.StyleLines(d.Theme.Title, d.Wrap(d.Say(*s.says), d.Width))...)
	d.Add("")
	if s.tells != nil {
		d.Add(d.Wrap(d.Say(*s.tells), d.Width)...)
		d.Add("")
	}
	switch {
	case d.state.failure != nil:
		d.drawNotice(words.Failure(d.state.failure))
	case s.note != nil:
		d.drawNotice(*s.note)
	}
}

// drawNotice says what the visitor should notice before all else.
func (d *drawing) drawNotice(t text.Text) {
	for i, line := range d.Wrap(d.Say(t), d.Width-screen.MarkWidth) {
		mark := "  "
		if i == 0 {
			mark = d.Theme.Bad.Render(theme.ProblemMark) + " "
		}
		d.Add(mark + d.Theme.Strong.Render(line))
	}
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

// drawUnder writes text under a field, with a mark before it that may be empty.
func (d *drawing) drawUnder(left int, style lipgloss.Style, mark string, t *text.Text) {
	if t == nil {
		return
	}
	for i, line := range d.Wrap(d.Say(*t), d.Width-left-len(mark)) {
		if i > 0 {
			mark = strings.Repeat(" ", len(mark))
		}
		d.Add(strings.Repeat(" ", left) + style.Render(mark+line))
	}
}

// row notes where something stands that can have the focus.
func (d *drawing) row(focused bool, from int) {
	row := screen.Span{From: from, To: len(d.Lines) - 1}
	d.state.rows = append(d.state.rows, row)
	if focused {
		d.Focus = row
	}
	if focused && d.state.busy {
		d.Cursor = nil
	}
}
