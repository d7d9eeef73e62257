package plain

import (
	"errors"
	"maps"
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/words"
)

// form speaks for whatever step a flow is at: it asks for the step's fields one
// by one, submits them, and goes on with the next step.
type form struct {
	flow *flow.Flow
	told map[string]string // answers that the visitor gave before
	kept map[flow.State][]*field

	customer bool // they were logged in when they began

	said   flow.State // the step of which everything was said
	again  bool       // it is to be said once more
	hinted *field     // whose hint was said last
	asks   []*field   // to be answered, in this order
	at     int        // index in asks; those before it are answered
	failed bool       // the last submit, through no fault of the visitor
}

// newForm speaks for a flow that was just begun.
func newForm(begun *flow.Flow, told map[string]string, customer bool) *form {
	f := &form{flow: begun, told: told, customer: customer, kept: map[flow.State][]*field{}}
	f.enter()
	return f
}

// enter begins with the step that the flow is at. What was answered there before
// stays if the visitor wants, but for secrets (R18).
func (f *form) enter() {
	f.asks, f.at = slices.Clone(f.fields()), 0
	for _, each := range f.asks {
		each.forget()
	}
}

// fields are those of the step, with what was answered there before.
func (f *form) fields() []*field {
	at := f.flow.At()
	if f.kept[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			began := f.begins(asked)
			f.kept[at] = append(f.kept[at], &field{asked, began, began})
		}
	}
	return f.kept[at]
}

// begins is the answer that stands there to begin with: the one that is known,
// or what the visitor told before.
func (f *form) begins(asked flow.Field) string {
	if asked.Present == "" && asked.Kind == flow.Line {
		return f.told[asked.Name]
	}
	return asked.Present
}

// Told is what needs not be asked again in another flow: neither secrets nor
// numbers that work once.
func (f *form) Told() map[string]string {
	told := map[string]string{}
	maps.Copy(told, f.told)
	for _, fields := range f.kept {
		for _, each := range fields {
			if each.Kind == flow.Line && each.typed != "" {
				told[each.Name] = each.typed
			}
		}
	}
	return told
}

// Place is where the flow begins.
func (f *form) Place() place.ID { return place.ID(f.flow.Name) }

// Unsaved tells whether the visitor typed something.
func (f *form) Unsaved() bool {
	return f.Underway() || slices.ContainsFunc(f.fields(), func(each *field) bool { return each.typed != each.began })
}

// Underway tells whether steps would have to be taken again, in which the visitor
// was asked for something.
func (f *form) Underway() bool {
	return f.flow.At() != f.flow.Start && !f.flow.Ended() && len(f.kept) > 0
}

// show says what the step is, asks for its fields, and submits them. It says
// nothing of one that there is nothing to stop for.
func (f *form) show(s *session) (next, error) {
	step := f.flow.Step()
	switch {
	case f.flow.Ended(): // it could not even begin
		return next{ended: f}, nil
	case step.AutoSubmit && f.flow.Note() == nil && !f.failed:
		return f.settle(s, f.submit(s))
	}
	n, err := f.speak(s, step)
	if c, is := errors.AsType[*change](err); is {
		return f.changed(s, c)
	}
	f.again = f.again || err != nil || n != (next{}) // when the visitor comes back
	return n, err
}

// speak has a step be answered, or be left.
func (f *form) speak(s *session, step flow.Step) (next, error) {
	if f.waits() { // it may be over since the visitor was here
		if err := f.look(s); err != nil {
			return next{}, err
		}
	}
	f.introduce(s, step)
	for {
		n, err := f.ask(s, step.Offers)
		if err != nil || n != (next{}) {
			return n, err
		}
		err = f.submit(s)
		invalid, is := errors.AsType[*flow.Invalid](err)
		if !is {
			return f.settle(s, err)
		}
		f.correct(s, invalid.Problems)
	}
}

// introduce says what the step is, what to know, and why the visitor is back
// here; of a step that they come back to, what they know already is left out.
func (f *form) introduce(s *session, step flow.Step) {
	s.heading(step.Title())
	anew := f.said != f.flow.At() || f.again
	if step.Body != nil && anew {
		s.say(step.Body())
	}
	if step.Scan != nil && anew {
		s.scan(step.Scan())
	}
	if f.failed {
		s.notice(words.Trouble)
	} else if note := f.flow.Note(); note != nil {
		s.notice(note())
	}
	if anew {
		s.feet(step.Offers)
	}
	f.elsewhere(s, step)
	f.said, f.again, f.hinted = f.flow.At(), false, nil
}

// elsewhere tells where else the visitor could go, which takes a slash where
// any answer is one.
func (f *form) elsewhere(s *session, step flow.Step) {
	if len(step.Offers) == 0 || len(step.Fields) == 0 {
		return
	}
	s.out.gap()
	s.say(elsewhere)
	for i, p := range step.Offers {
		s.out.offer(i+1, flows.At(p).Name.In(s.language))
	}
}

// ask asks for the fields that are still to be answered; a step without any asks
// whether to go on.
func (f *form) ask(s *session, offers []place.ID) (next, error) {
	if f.waits() {
		return f.await(s, offers)
	}
	if len(f.fields()) == 0 {
		return s.choose(append([]choice{{name: words.Continue}}, s.leads(offers)...), true)
	}
	for f.at < len(f.asks) {
		each := f.asks[f.at]
		line, err := s.ask(f.question(s, each), each.Kind == flow.Secret)
		i, elsewhere := offered(line, len(offers))
		switch {
		case errors.Is(err, errBack) && f.at > 0:
			f.at--
			f.asks[f.at].forget()
		case errors.Is(err, errEmpty):
			each.typed = ""
			f.answer(s, each, "")
		case err != nil:
			return next{}, err
		case elsewhere:
			return next{place: offers[i]}, nil
		default:
			f.answer(s, each, line)
		}
	}
	return next{}, nil
}

// question says what a field wants, and gives the question itself.
func (f *form) question(s *session, each *field) text.Text {
	s.out.gap()
	if f.hinted != each {
		f.hint(s, each)
	}
	f.hinted = each
	switch {
	case each.typed == "" || each.Kind == flow.Secret:
	case each.Kind != flow.Choice && each.Problem("") == nil:
		s.say(words.Spaced(standing(each.named()), emptyOrGone))
	default:
		s.say(words.Spaced(standing(each.named()), emptyKeeps))
	}
	if s.in.quiet(each.Kind == flow.Secret) {
		s.say(unseen)
	}
	return words.Joined(each.Label, text.Same(":"))
}

// answer takes an answer and goes on, unless there is something wrong with it. An
// empty line is the answer that stands there.
func (f *form) answer(s *session, each *field, line string) {
	if line == "" {
		line, each.typed = each.typed, ""
	}
	line = each.chosen(line)
	why := each.Problem(line)
	if why == nil {
		each.typed = line
		f.at++
		return
	}
	s.mend(words.Joined(each.Label, text.Same(": "), each.unkept(line, *why)))
	if line != "" && f.repeats(each) {
		f.at-- // the slip may as well be in the one before
		f.asks[f.at].forget()
	}
	for _, r := range each.Rules {
		switch {
		case line == "":
		case r.Holds(line):
			s.say(words.Joined(ruleHolds, r.Text))
		default:
			s.say(words.Joined(ruleFails, r.Text))
		}
	}
}

// repeats tells whether a field is there to type a new secret once more.
func (f *form) repeats(each *field) bool {
	return f.at > 0 && each.Kind == flow.Secret && f.asks[f.at-1].Rules != nil
}
