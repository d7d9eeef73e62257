package form

import (
	"errors"
	"strconv"
	"strings"

	"loket/flows"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// What is said around a field.
var (
	ruleHolds   = text.New("Goed: ", "Met: ")
	ruleFails   = text.New("Nog niet goed: ", "Not met: ")
	alsoHere    = text.New("Je kunt hier ook dit kiezen, met de schuine streep ervoor.", "You can also choose this here, with the slash before it.")
	emptyKeeps  = text.New("Een lege regel laat dat zo.", "Press Enter to keep it.")
	emptyOrGone = text.New("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	unseen      = text.New("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
)

// standing says what stands there as the answer.
func standing(present text.Text) text.Text {
	return words.Joined(text.New("Nu staat er: ", "Current answer: "), present, text.Same("."))
}

// elsewhere says where else the visitor could go, which takes a slash where
// any answer is one.
func (f *Form) elsewhere(s *dialogue.Session, step flows.Step) {
	if len(step.Offers) == 0 || len(step.Asks) == 0 {
		return
	}
	s.Out.Gap()
	s.Say(alsoHere)
	for i, p := range step.Offers {
		s.Out.Offer(i+1, flows.At(p).Name.In(s.Language))
	}
}

// ask asks for the fields that are still to be answered; a step without any asks
// whether to go on.
func (f *Form) ask(s *dialogue.Session, offers []place.ID) (dialogue.Next, error) {
	if f.waits() {
		return f.await(s, offers)
	}
	if len(f.fields()) == 0 {
		return s.Choose(append([]dialogue.Choice{{Name: words.Continue}}, s.Leads(offers)...), true)
	}
	for f.at < len(f.asks) {
		each := f.asks[f.at]
		line, err := s.Ask(f.question(s, each), each.Kind == flows.Secret)
		i, elsewhere := offered(line, len(offers))
		switch {
		case errors.Is(err, dialogue.ErrBack) && f.at > 0:
			f.at--
			f.asks[f.at].forget()
		case errors.Is(err, dialogue.ErrEmpty):
			each.typed = ""
			f.answer(s, each, "")
		case err != nil:
			return dialogue.Next{}, err
		case elsewhere:
			return dialogue.To(navigation.GoTo{Place: offers[i]}), nil
		default:
			f.answer(s, each, line)
		}
	}
	return dialogue.Next{}, nil
}

// question says what a field wants, and returns the question itself.
func (f *Form) question(s *dialogue.Session, each *field) text.Text {
	s.Out.Gap()
	if f.hinted != each {
		each.hint(s)
	}
	f.hinted = each
	switch {
	case each.typed == "" || each.Kind == flows.Secret:
	case each.Kind != flows.Choice && each.Problem("") == nil:
		s.Say(words.Spaced(standing(each.named()), emptyOrGone))
	default:
		s.Say(words.Spaced(standing(each.named()), emptyKeeps))
	}
	if s.In.Quiet(each.Kind == flows.Secret) {
		s.Say(unseen)
	}
	return words.Joined(each.Label, text.Same(":"))
}

// answer takes an answer and goes on, unless there is something wrong with it. An
// empty line is the answer that stands there.
func (f *Form) answer(s *dialogue.Session, each *field, line string) {
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
	s.Mend(words.Joined(each.Label, text.Same(": "), each.unkept(line, *why)))
	if line != "" && f.repeats(each) {
		f.at-- // the slip may as well be in the one before
		f.asks[f.at].forget()
	}
	for _, r := range each.Rules {
		switch {
		case line == "":
		case r.Holds(line):
			s.Say(words.Joined(ruleHolds, r.Says))
		default:
			s.Say(words.Joined(ruleFails, r.Says))
		}
	}
}

// repeats reports whether a field is there to type a new secret once more.
func (f *Form) repeats(each *field) bool {
	return f.at > 0 && each.Kind == flows.Secret && f.asks[f.at-1].Rules != nil
}

// offered finds the number in "/2", by which a visitor goes elsewhere from a
// question that takes any answer.
func offered(line string, count int) (index int, ok bool) {
	digits, slash := strings.CutPrefix(strings.TrimSpace(line), "/")
	n, err := strconv.Atoi(digits)
	return n - 1, slash && err == nil && 1 <= n && n <= count
}
