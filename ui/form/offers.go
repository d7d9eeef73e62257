package form

import (
	"slices"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/view"
	"loket/ui/words"
)

// drawSubmit draws what submits the form or, once that takes a while, that it does.
func (d *drawing) drawSubmit() {
	focused, from := d.state.focus == len(d.state.fields), len(d.Lines)
	switch {
	case d.state.showsWaiting:
		d.Add(d.waitingText())
	case d.state.snapshot.step.AutoSubmit && d.state.isBusy:
		d.Add("") // there is nothing to press
	case d.state.snapshot.step.AutoSubmit, d.state.snapshot.step.PollEvery > 0:
		d.Add(d.button(words.TryAgain, focused))
	default:
		d.Add(d.button(words.Continue, focused))
	}
	if focused {
		d.Cursor = screen.NewCursor(screen.MarkWidth+screen.EdgeWidth, from)
	}
	d.recordRow(focused, from)
}

// button draws the next step, which looks like one all the time (R36).
func (d *drawing) button(name text.Text, focused bool) string {
	label := "[ " + d.Say(name) + " ]"
	if focused {
		return d.Theme.NextChosen.Render(screen.Pad(theme.FocusMarker+" "+label, d.Width))
	}
	return d.WithMarker(d.Theme.Next.Render(label), false)
}

// waitingText says that the visitor has to wait.
func (d *drawing) waitingText() string {
	return d.Theme.Accent.Render(d.state.spinner.View()) + " " + d.Say(words.OneMoment)
}

// drawOffers draws where else the visitor could go from here, and what else they could be asked.
func (d *drawing) drawOffers() {
	for i, name := range d.state.offerNames() {
		switch {
		case i == 0 && d.state.isAutomatic():
			d.Add("")
		case i == 0, d.Theme.Roomy:
			d.addGap(0)
		}
		focused, from := d.state.focus == d.state.firstOffer()+i, len(d.Lines)
		d.Add(d.offer(name, focused))
		if focused {
			d.Cursor = screen.NewCursor(screen.MarkWidth, from)
		}
		d.recordRow(focused, from)
	}
}

// offer draws something else to do, which steps back behind the button.
func (d *drawing) offer(name text.Text, focused bool) string {
	return d.Highlight(d.WithMarker(d.Theme.Muted.Render(d.Say(name)), focused), focused, d.Width)
}

// contactFoot is how to reach somebody, at the foot of a step that sends people
// to contact (S1).
func contactFoot(f screen.Frame, visit *flow.Visit, step flow.Step) []string {
	if !slices.Contains(step.Offers, place.Contact) {
		return nil
	}
	return f.Helplines(view.Helplines(visit.Desk, f.Now))
}
