package ui

import (
	"loket/flows"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/words"
)

// submit draws what submits the form or, once that takes a while, that it does.
func (d *formPage) submit() {
	focused, from := d.form.focus == len(d.form.fields), len(d.Lines)
	switch {
	case d.form.waiting:
		d.Add(d.oneMoment())
	case d.form.seen.step.AutoSubmit && d.form.busy:
		d.Add("") // there is nothing to press
	case d.form.seen.step.AutoSubmit, d.form.seen.step.PollEvery > 0:
		d.Add(d.option(words.TryAgain, focused))
	default:
		d.Add(d.option(words.Continue, focused))
	}
	if focused {
		d.Cursor = screen.NewCursor(0, from)
	}
	d.row(focused, from)
}

// oneMoment says that the visitor has to wait.
func (d *formPage) oneMoment() string {
	return d.Theme.Accent.Render(d.form.spinner.View()) + " " + d.Say(words.OneMoment)
}

// offers draws where else the visitor could go from here.
func (d *formPage) offers() {
	for i, p := range d.form.offers() {
		switch {
		case i == 0 && d.form.pending():
			d.Add("")
		case i == 0, d.Theme.Wide:
			d.breathe(0)
		}
		focused, from := d.form.focus == d.form.firstOffer()+i, len(d.Lines)
		d.Add(d.option(flows.At(p).Name, focused))
		if focused {
			d.Cursor = screen.NewCursor(0, from)
		}
		d.row(focused, from)
	}
}

// option draws something to do.
func (d *formPage) option(name text.Text, focused bool) string {
	label := d.Say(name)
	if focused {
		label = d.Theme.Chosen.Render(label)
	}
	return d.Lit(d.Marked(label, focused), focused, d.Width)
}
