package form

import (
	"errors"
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

var elsewhereText = text.New("Je kunt hier ook dit kiezen, met de schuine streep ervoor.", "You can also choose this here, with the slash before it.")

// Show writes the texts of the step, asks for its fields, and submits them. It submits a step
// at once if that step asks nothing and has no note.
func (f *Form) Show(s *dialogue.Session) (dialogue.Next, error) {
	step := f.flow.Step()
	switch {
	case f.flow.Ended(): // the flow ended when it began
		return dialogue.Next{Ended: true}, nil
	case step.AutoSubmit && f.flow.Note() == nil && f.failure == nil:
		return f.afterSubmit(s, f.submit(s))
	}
	n, err := f.askStep(s, step)
	if c, is := errors.AsType[*changedError](err); is {
		return f.changed(s, c)
	}
	f.again = f.again || err != nil || n != (dialogue.Next{}) // when the visitor comes back
	return n, err
}

// askStep asks for the fields of a step and submits them, until the answers are valid or the
// visitor leaves the step.
func (f *Form) askStep(s *dialogue.Session, step flow.Step) (dialogue.Next, error) {
	if f.waits() { // the wait may have ended while another screen was open
		if err := f.submitWaiting(s); err != nil {
			return dialogue.Next{}, err
		}
	}
	f.introduce(s, step)
	for {
		n, err := f.answered(s, step)
		if errors.Is(err, errSwitched) {
			f.switchFields()
			step = f.flow.Step()
			f.introduce(s, step)
			continue
		}
		if err != nil || n != (dialogue.Next{}) {
			return n, err
		}
		err = f.submit(s)
		invalid, is := errors.AsType[*flow.Invalid](err)
		if !is {
			return f.afterSubmit(s, err)
		}
		f.asking.correct(s, f.fields(), invalid.Problems)
	}
}

// introduce writes the title, the body and the note of the step, and the failure of the last
// submit. It leaves out what the visitor has read before.
func (f *Form) introduce(s *dialogue.Session, step flow.Step) {
	s.Heading(step.Title())
	anew := f.said != f.flow.At() || f.again
	if step.Body != nil && anew {
		s.Say(step.Body())
	}
	if step.Scan != nil && anew {
		sayScan(s, step.Scan())
	}
	if f.failure != nil {
		s.SayNotice(words.Failure(f.failure))
	} else if note := f.flow.Note(); note != nil {
		f.sayNote(s, note())
	}
	if anew && slices.Contains(step.Offers, place.Contact) {
		s.Helplines()
	}
	sayElsewhere(s, step)
	f.said, f.again, f.asking.hinted = f.flow.At(), false, nil
}

// sayNote writes the note of the flow, with the name of the field that it is about, if any.
func (f *Form) sayNote(s *dialogue.Session, note text.Text) {
	for _, each := range f.fields() {
		if each.Name == f.flow.NoteField() {
			s.SayProblem(words.Concat(each.Label, text.Untranslated(": "), note))
			return
		}
	}
	s.SayNotice(note)
}

// answered asks for all fields of the step. A step without fields asks whether to continue.
func (f *Form) answered(s *dialogue.Session, step flow.Step) (dialogue.Next, error) {
	switch {
	case f.waits():
		return f.await(s, step.Offers)
	case len(f.fields()) == 0:
		return s.Choose(append([]dialogue.Choice{{Name: words.Continue}}, s.PlaceChoices(step.Offers)...), true)
	}
	return f.asking.ask(s, step.Offers, step.Switch != nil)
}

// sayElsewhere writes the offers of a step with fields, each with a slash before its number.
func sayElsewhere(s *dialogue.Session, step flow.Step) {
	if len(step.Offers) == 0 || len(step.Fields) == 0 {
		return
	}
	s.Out.Gap()
	s.Say(elsewhereText)
	for i, p := range step.Offers {
		s.Out.Offer(i+1, s.InWords(flows.At(p).Name))
	}
	if step.Switch != nil {
		s.Out.Offer(len(step.Offers)+1, step.Switch.Name.In(s.Language))
	}
}
