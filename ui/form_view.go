package ui

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// seen is what the form saw of its step when it last could look: while the flow
// is being worked on, what it says may change under the one who reads it.
type seen struct {
	says, tells, note *text.Text
	hints             []*text.Text // of the fields
	rules             [][]ruled
	offers            []place.ID
	step              flow.Step
	scan              *scan // what it shows; nil if nothing
}

// ruled is a rule for a new secret, and whether it holds for what is typed.
type ruled struct {
	says  text.Text
	holds bool
}

// look looks at the step.
func (f *form) look() {
	step := f.flow.Step()
	f.seen = seen{
		says: said(step.Title), tells: said(step.Body), note: said(f.flow.Note()), offers: step.Offers, step: step,
		scan: f.seen.scan.next(step),
	}
	for _, each := range f.fields {
		f.seen.hints = append(f.seen.hints, said(each.Hint))
		var rules []ruled
		for _, r := range each.Rules {
			rules = append(rules, ruled{r.Text, r.Holds(each.Value())})
		}
		f.seen.rules = append(f.seen.rules, rules)
	}
}

func said(text func() text.Text) *text.Text {
	if text == nil {
		return nil
	}
	t := text()
	return &t
}

func (f *form) Keys() []keys.Binding {
	named := []keys.Binding{keys.UpDown.As(text.New("ander veld", "other field")), keys.Enter, keys.Esc}
	switch {
	case f.options() != nil:
		named[0].Does = text.New("ander antwoord", "other answer")
	case f.pending() && len(f.offers()) == 0:
		named = named[2:]
	case len(f.fields) == 0:
		named[0].Does = text.New("kiezen", "choose")
		if f.focus == nowhere {
			named = slices.Delete(named, 1, 2)
		}
	}
	if slices.ContainsFunc(f.fields, func(each *field) bool { return each.Kind == flow.Secret }) {
		shows := keys.Reveal
		if f.reveal {
			shows = keys.Conceal
		}
		named = append(named, shows)
	}
	return named
}

// View draws the form.
func (f *form) View(fr screen.Frame) screen.Page {
	if f.seen.scan != nil {
		return f.withCode(fr)
	}
	p := f.draw(fr, func(*formPage) {})
	p.Add(contactFoot(fr, f.visit, f.seen.step)...)
	return p
}

// draw draws a step, with what it shows.
func (f *form) draw(fr screen.Frame, shows func(*formPage)) screen.Page {
	d := &formPage{Frame: fr, form: f, left: screen.MarkWidth + f.labelWidth(fr)}
	f.rows = f.rows[:0]
	d.head()
	shows(d)
	for i, each := range f.fields {
		if i > 0 {
			d.breathe(0)
		}
		d.field(i, each)
	}
	if len(f.fields) > 0 {
		d.breathe(1)
	}
	if !f.pending() {
		d.submit()
	}
	d.offers()
	return d.Page
}

// labelWidth is how wide the column of labels is.
func (f *form) labelWidth(fr screen.Frame) (width int) {
	for _, each := range f.fields {
		width = max(width, lipgloss.Width(fr.Say(each.Label)))
	}
	return width + labelGap
}

const (
	labelGap = 3
)

// formPage is a form while it is drawn.
type formPage struct {
	screen.Frame
	screen.Page
	form *form
	left int // where the fields begin, beside their labels
}

// head says what the step is, what to know, and why the visitor is back here.
func (d *formPage) head() {
	s := d.form.seen
	d.Add(screen.Styled(d.Theme.Title, d.Wrap(d.Say(*s.says), d.Width))...)
	d.Add("")
	if s.tells != nil {
		d.Add(d.Wrap(d.Say(*s.tells), d.Width)...)
		d.Add("")
	}
	switch {
	case d.form.submitFailed:
		d.attend(words.Trouble)
	case s.note != nil:
		d.attend(*s.note)
	}
}

// attend says what the visitor should notice before all else.
func (d *formPage) attend(t text.Text) {
	for i, line := range d.Wrap(d.Say(t), d.Width-screen.MarkWidth) {
		mark := "  "
		if i == 0 {
			mark = d.Theme.Bad.Render(theme.Attend) + " "
		}
		d.Add(mark + d.Theme.Strong.Render(line))
	}
	d.Add("")
}

// breathe leaves lines free if there is room for that, and at least so many.
// They belong to what stands above them, for who presses there.
func (d *formPage) breathe(least int) {
	d.Add(make([]string, max(d.Gap, least))...)
	if rows := d.form.rows; len(rows) > 0 {
		rows[len(rows)-1].To = len(d.Lines) - 1
	}
}

// field draws a field: label and line, and under them what is to be known.
func (d *formPage) field(i int, each *field) {
	if each.Kind == flow.Choice {
		d.options(i, each)
		return
	}
	focused, from, left := i == d.form.focus, len(d.Lines), d.left
	width := min(screen.FieldWidth, d.Width-left-2*screen.EdgeWidth)
	typed, cursor := each.Draw(width, each.Kind == flow.Secret && !d.form.reveal)
	typed = words.Clean(typed)
	if each.Empty() {
		typed = d.Theme.Muted.Render(d.Cut(d.example(each), width))
	}
	d.Add(d.label(each, focused) + d.Edged(typed, width, focused))
	if focused {
		d.Cursor = screen.NewCursor(left+screen.EdgeWidth+cursor, from)
	}
	d.under(left+screen.EdgeWidth, d.Theme.Bad, theme.Attend+" ", each.problem)
	d.under(left+screen.EdgeWidth, d.Theme.Muted, "", d.form.seen.hints[i])
	d.rules(d.form.seen.rules[i], each.Empty())
	d.row(focused, from)
}

// label draws what a field is for, up to where the field begins.
func (d *formPage) label(each *field, focused bool) string {
	label := d.Say(each.Label)
	if focused {
		label = d.Theme.Chosen.Render(label)
	}
	return screen.Pad(d.Lit(d.Marked(label, focused), focused, d.left-1), d.left)
}

// example says what an empty field could hold, in words too: without colours it
// would look as if somebody had typed it.
func (d *formPage) example(each *field) string {
	if each.Example == "" {
		return ""
	}
	return d.Say(words.SuchAs) + d.Theme.Spell(each.Example)
}

// under writes text under a field, with a mark before it that may be empty.
func (d *formPage) under(left int, style lipgloss.Style, mark string, t *text.Text) {
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

// rules draws what a new secret must keep to, in two columns if they fit (P1).
func (d *formPage) rules(rules []ruled, empty bool) {
	lines := make([]string, len(rules))
	for i, r := range rules {
		switch says := d.Say(r.says); {
		case empty:
			lines[i] = d.Theme.Muted.Render(theme.Open + " " + says)
		case r.holds:
			lines[i] = d.Theme.Good.Render(theme.Right) + " " + says
		default:
			lines[i] = d.Theme.Bad.Render(theme.Attend) + " " + says
		}
	}
	inner := d.Frame
	inner.Width -= 2 * screen.MarkWidth
	half := (len(lines) + 1) / 2
	for _, line := range inner.Beside(lines[:half], lines[half:]) {
		d.Add(strings.Repeat(" ", 2*screen.MarkWidth) + line)
	}
}

// row notes where something stands that can have the focus.
func (d *formPage) row(focused bool, from int) {
	row := screen.Span{From: from, To: len(d.Lines) - 1}
	d.form.rows = append(d.form.rows, row)
	if focused {
		d.Focus = row
	}
	if focused && d.form.busy {
		d.Cursor = nil
	}
}
