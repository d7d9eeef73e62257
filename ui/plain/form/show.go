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

// Show says what the step is, asks for its fields, and submits them. It says
// nothing of one that there is nothing to stop for.
func (f *Form) Show(s *dialogue.Session) (dialogue.Next, error) {
	step := f.flow.Step()
	switch {
	case f.flow.Ended(): // it could not even begin
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

// askStep has a step be answered, or be left.
func (f *Form) askStep(s *dialogue.Session, step flow.Step) (dialogue.Next, error) {
	if f.waits() { // it may be over since the visitor was here
		if err := f.submitWaiting(s); err != nil {
			return dialogue.Next{}, err
		}
	}
	f.introduce(s, step)
	for {
		n, err := f.answered(s, step.Offers)
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

// introduce says what the step is, what to know, and why the visitor is back
// here; of a step that they come back to, what they know already is left out.
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

// sayNote says what came of the answers before, by the name of the field that it is about.
func (f *Form) sayNote(s *dialogue.Session, note text.Text) {
	for _, each := range f.fields() {
		if each.Name == f.flow.NoteField() {
			s.SayProblem(words.Concat(each.Label, text.Untranslated(": "), note))
			return
		}
	}
	s.SayNotice(note)
}

// answered has the visitor answer all that the step asks; one without fields asks whether to go on.
func (f *Form) answered(s *dialogue.Session, offers []place.ID) (dialogue.Next, error) {
	switch {
	case f.waits():
		return f.await(s, offers)
	case len(f.fields()) == 0:
		return s.Choose(append([]dialogue.Choice{{Name: words.Continue}}, s.PlaceChoices(offers)...), true)
	}
	return f.asking.ask(s, offers)
}

// elsewhere says where else the visitor could go, which takes a slash where
// any answer is one.
func sayElsewhere(s *dialogue.Session, step flow.Step) {
	if len(step.Offers) == 0 || len(step.Fields) == 0 {
		return
	}
	s.Out.Gap()
	s.Say(elsewhereText)
	for i, p := range step.Offers {
		s.Out.Offer(i+1, s.InWords(flows.At(p).Name))
	}
}
