package form

import (
	"context"
	"errors"
	"maps"
	"slices"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// A Form speaks for whatever step a flow is at: it asks for the step's fields one
// by one, submits them, and goes on with the next step.
type Form struct {
	flow *flows.Flow
	told map[string]string // answers that the visitor gave before
	kept map[flows.State][]*field

	customer bool // they were logged in when they began

	said   flows.State // the step of which everything was said
	again  bool        // it is to be said once more
	hinted *field      // whose hint was said last
	asks   []*field    // to be answered, in this order
	at     int         // index in asks; those before it are answered
	failed bool        // the last submit, through no fault of the visitor
}

// New speaks for a flow that was just begun, in which told needs not be asked again, and
// customer says whether the visitor is logged in.
func New(flow *flows.Flow, told map[string]string, customer bool) *Form {
	f := &Form{flow: flow, told: told, customer: customer, kept: map[flows.State][]*field{}}
	f.enter()
	return f
}

// enter begins with the step that the flow is at. What was answered there before
// stays if the visitor wants, but for secrets (R18).
func (f *Form) enter() {
	f.asks, f.at = slices.Clone(f.fields()), 0
	for _, each := range f.asks {
		each.forget()
	}
}

// fields are those of the step, with what was answered there before.
func (f *Form) fields() []*field {
	at := f.flow.At()
	if f.kept[at] == nil {
		for _, asked := range f.flow.Step().Asks {
			began := f.begins(asked)
			f.kept[at] = append(f.kept[at], &field{asked, began, began})
		}
	}
	return f.kept[at]
}

// begins is the answer that stands there to begin with: the one that is known,
// or what the visitor told before.
func (f *Form) begins(asked flows.Field) string {
	if asked.Present == "" && asked.Kind == flows.Line {
		return f.told[asked.Name]
	}
	return asked.Present
}

// Told is what needs not be asked again in another flow: neither secrets nor
// numbers that work once.
func (f *Form) Told() map[string]string {
	told := map[string]string{}
	maps.Copy(told, f.told)
	for _, fields := range f.kept {
		for _, each := range fields {
			if each.Kind == flows.Line && each.typed != "" {
				told[each.Name] = each.typed
			}
		}
	}
	return told
}

// NeedsCancel reports whether somebody would be left behind if the visitor went away,
// as the phone that the step waits for.
func (f *Form) NeedsCancel() bool { return f.flow.Step().Left != nil }

// Cancel leaves the flow for good.
func (f *Form) Cancel(ctx context.Context) error { return f.flow.Abandon(ctx) }

// ChangedLogIn reports whether the visitor of a session was logged in by the flow, or out.
func (f *Form) ChangedLogIn(s *dialogue.Session) bool { return f.customer != s.Visit.LoggedIn() }

// Step is where the flow is.
func (f *Form) Step() flows.Step { return f.flow.Step() }

// Place is where the flow begins.
func (f *Form) Place() place.ID { return place.ID(f.flow.Name) }

// Unsaved reports whether the visitor typed something.
func (f *Form) Unsaved() bool {
	return f.Underway() || slices.ContainsFunc(f.fields(), func(each *field) bool { return each.typed != each.began })
}

// Underway reports whether steps would have to be taken again, in which the visitor
// was asked for something.
func (f *Form) Underway() bool {
	return f.flow.At() != f.flow.Start && !f.flow.Ended() && len(f.kept) > 0
}

// Show says what the step is, asks for its fields, and submits them. It says
// nothing of one that there is nothing to stop for.
func (f *Form) Show(s *dialogue.Session) (dialogue.Next, error) {
	step := f.flow.Step()
	switch {
	case f.flow.Ended(): // it could not even begin
		return dialogue.Next{Ended: true}, nil
	case step.Onward && f.flow.Note() == nil && !f.failed:
		return f.settle(s, f.submit(s))
	}
	n, err := f.speak(s, step)
	if c, is := errors.AsType[*change](err); is {
		return f.changed(s, c)
	}
	f.again = f.again || err != nil || n != (dialogue.Next{}) // when the visitor comes back
	return n, err
}

// speak has a step be answered, or be left.
func (f *Form) speak(s *dialogue.Session, step flows.Step) (dialogue.Next, error) {
	if f.waits() { // it may be over since the visitor was here
		if err := f.look(s); err != nil {
			return dialogue.Next{}, err
		}
	}
	f.introduce(s, step)
	for {
		n, err := f.ask(s, step.Offers)
		if err != nil || n != (dialogue.Next{}) {
			return n, err
		}
		err = f.submit(s)
		invalid, is := errors.AsType[*flows.Invalid](err)
		if !is {
			return f.settle(s, err)
		}
		f.correct(s, invalid.Problems)
	}
}

// introduce says what the step is, what to know, and why the visitor is back
// here; of a step that they come back to, what they know already is left out.
func (f *Form) introduce(s *dialogue.Session, step flows.Step) {
	s.Heading(step.Says())
	anew := f.said != f.flow.At() || f.again
	if step.Tells != nil && anew {
		s.Say(step.Tells())
	}
	if step.Shows != nil && anew {
		sayScan(s, step.Shows())
	}
	if f.failed {
		s.Notice(words.Trouble)
	} else if note := f.flow.Note(); note != nil {
		s.Notice(note())
	}
	if anew && slices.Contains(step.Offers, place.Contact) {
		s.Helplines()
	}
	f.elsewhere(s, step)
	f.said, f.again, f.hinted = f.flow.At(), false, nil
}
