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

// drawSubmit draws the button that submits the form. During a long submit it asks the visitor to wait instead.
func (d *drawing) drawSubmit() {
	focused, from := d.state.focus == len(d.state.fields), len(d.Lines)
	switch {
	case d.state.showsWaiting:
		d.Add(d.waitingText())
	case d.state.snapshot.step.AutoSubmit && d.state.isBusy:
		d.Add("") // The empty line replaces the button, because there is nothing to press.
	case d.state.snapshot.step.AutoSubmit, d.state.snapshot.step.PollEvery > 0:
		d.Add(d.drawButton(words.TryAgain, focused))
	default:
		d.Add(d.drawButton(words.Continue, focused))
	}
	if focused {
		d.Cursor = screen.NewCursor(screen.FocusMarkerWidth+screen.FieldEdgeWidth, from)
	}
	d.recordFocusRow(focused, from)
}

// drawButton draws the button that submits the form. It looks like a button also without the focus (R36).
func (d *drawing) drawButton(name text.Text, focused bool) string {
	label := "[ " + d.Translate(name) + " ]"
	if focused {
		return d.Theme.NextChosen.Render(screen.Pad(theme.FocusMarker+" "+label, d.Width))
	}
	return d.AddFocusMarker(d.Theme.Next.Render(label), false)
}

// waitingText returns a spinner and a text that asks the visitor to wait.
func (d *drawing) waitingText() string {
	return d.Theme.Accent.Render(d.state.spinner.View()) + " " + d.Translate(words.OneMoment)
}

// drawOffers draws links to other places, and the choice to answer alternative fields.
func (d *drawing) drawOffers() {
	for i, name := range d.state.offerNames() {
		switch {
		case i == 0 && d.state.isStepAutomatic():
			d.Add("")
		case i == 0, d.Theme.Roomy:
			d.addGap(0)
		}
		focused, from := d.state.focus == d.state.firstOffer()+i, len(d.Lines)
		d.Add(d.drawOffer(name, focused))
		if focused {
			d.Cursor = screen.NewCursor(screen.FocusMarkerWidth, from)
		}
		d.recordFocusRow(focused, from)
	}
}

// drawOffer draws a link to another place, in a weaker style than the button.
func (d *drawing) drawOffer(name text.Text, focused bool) string {
	return d.Highlight(d.AddFocusMarker(d.Theme.Muted.Render(d.Translate(name)), focused), focused, d.Width)
}

// contactFooter returns the lines that tell how to contact the bank. They are at the foot of steps that offer the contact page
// (S1), and nil for other steps.
func contactFooter(f screen.Frame, visit *flow.Visit, step flow.Step) []string {
	if !slices.Contains(step.Offers, place.Contact) {
		return nil
	}
	return f.DrawHelplines(view.Helplines(visit.Desk, f.Now))
}
