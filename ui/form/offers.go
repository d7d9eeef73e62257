package form

import (
	"slices"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// submit draws what submits the form or, once that takes a while, that it does.
func (d *drawing) submit() {
	focused, from := d.state.focus == len(d.state.fields), len(d.Lines)
	switch {
	case d.state.waiting:
		d.Add(d.oneMoment())
	case d.state.snapshot.step.AutoSubmit && d.state.busy:
		d.Add("") // there is nothing to press
	case d.state.snapshot.step.AutoSubmit, d.state.snapshot.step.PollEvery > 0:
		d.Add(d.option(words.TryAgain, focused))
	default:
		d.Add(d.option(words.Continue, focused))
	}
	if focused {
		d.Cursor = screen.NewCursor(screen.MarkWidth, from)
	}
	d.row(focused, from)
}

// oneMoment says that the visitor has to wait.
func (d *drawing) oneMoment() string {
	return d.Theme.Accent.Render(d.state.spinner.View()) + " " + d.Say(words.OneMoment)
}

// offers draws where else the visitor could go from here, and what else they could be asked.
func (d *drawing) offers() {
	for i, name := range d.state.offerNames() {
		switch {
		case i == 0 && d.state.isAutomatic():
			d.Add("")
		case i == 0, d.Theme.Wide:
			d.addGap(0)
		}
		focused, from := d.state.focus == d.state.firstOffer()+i, len(d.Lines)
		d.Add(d.option(name, focused))
		if focused {
			d.Cursor = screen.NewCursor(screen.MarkWidth, from)
		}
		d.row(focused, from)
	}
}

// option draws something to do.
func (d *drawing) option(name text.Text, focused bool) string {
	label := d.Say(name)
	if focused {
		label = d.Theme.Chosen.Render(label)
	}
	return d.Highlight(d.WithMarker(label, focused), focused, d.Width)
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func contactFoot(f screen.Frame, visit *flow.Visit, step flow.Step) []string {
	if !slices.Contains(step.Offers, place.Contact) {
		return nil
	}
	return f.Helplines(view.Helplines(visit.Desk, f.Now))
}
