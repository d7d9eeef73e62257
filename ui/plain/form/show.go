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

var otherChoicesText = text.New("Je kunt hier ook dit kiezen, met de schuine streep ervoor.", "You can also choose this here, with the slash before it.")

// Show writes the texts of the step, asks for its fields, and submits the answers. If the step has no fields and no note, it
// submits the step at once.
func (f *Form) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	step := f.flow.Step()
	switch {
	case f.flow.Ended(): // The flow ended as soon as it began.
		return dialogue.NextAction{Ended: true}, nil
	case step.AutoSubmit && f.flow.AnswerNote() == nil && f.failure == nil:
		return f.afterSubmit(s, f.submit(s))
	}
	n, err := f.askStep(s, step)
	if c, is := errors.AsType[*waitOverError](err); is {
		return f.handleWaitEnd(s, c)
	}
	// The texts must be repeated when the visitor returns.
	f.shouldRepeat = f.shouldRepeat || err != nil || n != (dialogue.NextAction{})
	return n, err
}

// askStep asks for the fields of a step and submits them, until the answers are valid or the
// visitor leaves the step.
func (f *Form) askStep(s *dialogue.Session, step flow.Step) (dialogue.NextAction, error) {
	if f.isAwaitingEvent() { // The wait may have ended while another screen was open.
		if err := f.submitWaitingStep(s); err != nil {
			return dialogue.NextAction{}, err
		}
	}
	f.sayIntroduction(s, step)
	for {
		n, err := f.answerStep(s, step)
		if chosen, is := errors.AsType[switchChosen](err); is {
			f.switchFields(int(chosen))
			step = f.flow.Step()
			f.sayIntroduction(s, step)
			continue
		}
		if err != nil || n != (dialogue.NextAction{}) {
			return n, err
		}
		err = f.submit(s)
		invalid, is := errors.AsType[*flow.InvalidAnswers](err)
		if !is {
			return f.afterSubmit(s, err)
		}
		f.interview.startCorrection(s, f.fields(), invalid.Problems)
	}
}

// sayIntroduction writes the title, the body and the note of the step, and the error of the last submit. It leaves out what
// the visitor has already read.
func (f *Form) sayIntroduction(s *dialogue.Session, step flow.Step) {
	s.SayHeading(step.Title())
	isNew := f.saidStep != f.flow.State() || f.shouldRepeat
	if step.Body != nil && isNew {
		s.Say(step.Body())
	}
	if step.PhoneAccess != nil && isNew {
		sayPhoneAccess(s, step.PhoneAccess())
	}
	if f.failure != nil {
		s.SayNotice(words.FailureText(f.failure))
	} else if note := f.flow.AnswerNote(); note != nil {
		f.sayNote(s, note())
	}
	if isNew && slices.Contains(step.Offers, place.Contact) {
		s.SayHelplines()
	}
	sayOtherChoices(s, step)
	f.saidStep, f.shouldRepeat, f.interview.hintedField = f.flow.State(), false, nil
}

// sayNote writes the note of the flow, with the name of the field that it is about, if any.
func (f *Form) sayNote(s *dialogue.Session, note text.Text) {
	for _, each := range f.fields() {
		if each.Name == f.flow.AnswerNoteField() {
			s.SayProblem(words.Concat(each.Label, text.SameInBoth(": "), note))
			return
		}
	}
	s.SayNotice(note)
}

// answerStep asks for all fields of the step. If there are none, it asks whether to continue.
func (f *Form) answerStep(s *dialogue.Session, step flow.Step) (dialogue.NextAction, error) {
	switch {
	case f.isAwaitingEvent():
		return f.askWhileWaiting(s, step.Offers)
	case len(f.fields()) == 0:
		return s.Choose(append([]dialogue.Choice{{Name: words.Continue}}, s.PlaceChoices(step.Offers)...), true)
	}
	return f.interview.askFields(s, step.Offers, len(step.Switches))
}

// sayOtherChoices writes the offers of a step that has fields. Each offer has a slash before its number.
func sayOtherChoices(s *dialogue.Session, step flow.Step) {
	if len(step.Offers) == 0 || len(step.Fields) == 0 {
		return
	}
	s.Out.WriteGap()
	s.Say(otherChoicesText)
	for i, p := range step.Offers {
		s.Out.WriteOffer(i+1, s.SpokenText(flows.PlaceAt(p).Name))
	}
	for i, other := range step.Switches {
		s.Out.WriteOffer(len(step.Offers)+i+1, other.Name.In(s.Language))
	}
}
