package ui

import (
	"loket/flows"
	"loket/flows/text"
	"loket/ui/words"
)

// submit draws what submits the form or, once that takes a while, that it does.
func (d *formPage) submit() {
	focused, from := d.form.focus == len(d.form.fields), len(d.Lines)
	switch {
	case d.form.waiting:
		d.add(d.oneMoment())
	case d.form.seen.step.AutoSubmit && d.form.busy:
		d.add("") // there is nothing to press
	case d.form.seen.step.AutoSubmit, d.form.seen.step.PollEvery > 0:
		d.add(d.option(words.TryAgain, focused))
	default:
		d.add(d.option(words.Continue, focused))
	}
	if focused {
		d.Cursor = newCursor(0, from)
	}
	d.row(focused, from)
}

// oneMoment says that the visitor has to wait.
func (d *formPage) oneMoment() string {
	return d.Theme.Accent.Render(d.form.spinner.View()) + " " + d.say(words.OneMoment)
}

// offers draws where else the visitor could go from here.
func (d *formPage) offers() {
	for i, p := range d.form.offers() {
		switch {
		case i == 0 && d.form.expects():
			d.add("")
		case i == 0, d.Theme.Wide:
			d.breathe(0)
		}
		focused, from := d.form.focus == d.form.firstOffer()+i, len(d.Lines)
		d.add(d.option(flows.At(p).Name, focused))
		if focused {
			d.Cursor = newCursor(0, from)
		}
		d.row(focused, from)
	}
}

// option draws something to do.
func (d *formPage) option(name text.Text, focused bool) string {
	label := d.say(name)
	if focused {
		label = d.Theme.Chosen.Render(label)
	}
	return d.lit(d.marked(label, focused), focused, d.Width)
}
