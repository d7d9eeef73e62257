package form

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// Texts around a field.
var (
	ruleHolds   = text.New("Goed: ", "Met: ")
	ruleFails   = text.New("Nog niet goed: ", "Not met: ")
	emptyKeeps  = text.New("Een lege regel laat dat zo.", "Press Enter to keep it.")
	emptyOrGone = text.New("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	hiddenText  = text.New("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
)

// presentText returns the text of the current answer.
func presentText(present text.Text) text.Text {
	return words.Concat(text.New("Nu staat er: ", "Current answer: "), present, text.Untranslated("."))
}

// An interview asks for fields.
type interview struct {
	asks   []*field // in the order in which they are asked
	at     int      // index in asks; the fields before it are answered
	hinted *field   // the field whose hint was written last
}

// begin begins to ask for fields. The visitor may keep answers that were given before, except
// secrets (R18).
func (i *interview) begin(fields []*field) {
	i.asks, i.at = slices.Clone(fields), 0
	for _, each := range i.asks {
		each.forget()
	}
}

// errSwitched says that the visitor chose to be asked for other fields.
var errSwitched = errors.New("the step asks for other fields")

// ask asks for the fields that have no answer yet. If the visitor chooses one of offers, it
// returns where that leads. If switches is true the step has other fields, which the visitor can
// choose after the offers: then the error is errSwitched.
func (i *interview) ask(s *dialogue.Session, offers []place.ID, switches bool) (dialogue.Next, error) {
	count := len(offers)
	if switches {
		count++
	}
	for i.at < len(i.asks) {
		each := i.asks[i.at]
		line, err := s.Ask(i.question(s, each), each.Kind == flow.Secret, each.takes)
		offer, elsewhere := parseOffer(line, count)
		switch {
		case errors.Is(err, dialogue.ErrBack) && i.at > 0:
			i.at--
			i.asks[i.at].forget()
		case errors.Is(err, dialogue.ErrClearAnswer):
			each.typed = ""
			i.answer(s, each, "")
		case err != nil:
			return dialogue.Next{}, err
		case elsewhere && offer == len(offers):
			return dialogue.Next{}, errSwitched
		case elsewhere:
			return dialogue.To(navigation.GoTo{Place: offers[offer]}), nil
		default:
			i.answer(s, each, line)
		}
	}
	return dialogue.Next{}, nil
}

// question writes the hint and the current answer of a field, and returns the question.
func (i *interview) question(s *dialogue.Session, each *field) text.Text {
	s.Out.Gap()
	if i.hinted != each {
		each.hint(s)
	}
	i.hinted = each
	switch {
	case each.typed == "" || each.Kind == flow.Secret:
	case each.Kind != flow.Choice && each.Problem("") == nil:
		s.Say(words.JoinSpaced(presentText(each.answerText()), emptyOrGone))
	default:
		s.Say(words.JoinSpaced(presentText(each.answerText()), emptyKeeps))
	}
	if s.In.IsHidden(each.Kind == flow.Secret) {
		s.Say(hiddenText)
	}
	return words.Concat(each.Label, text.Untranslated(":"))
}

// answer takes an answer. It goes on to the next field if the answer is right. An empty line
// keeps the current answer.
func (i *interview) answer(s *dialogue.Session, each *field, line string) {
	if line == "" {
		line, each.typed = each.typed, ""
	}
	line = each.chosen(line)
	why := each.Problem(line)
	if why == nil {
		each.typed = line
		i.at++
		if each.Remark != nil {
			if remark := each.Remark(line); remark != nil {
				s.SayNotice(*remark)
			}
		}
		return
	}
	s.SayProblem(words.Concat(each.Label, text.Untranslated(": "), each.brokenRule(line, *why)))
	if line != "" && i.isRepeat(each) {
		i.at-- // the mistake may be in the first of the two secrets
		i.asks[i.at].forget()
	}
	for _, r := range each.AppliedRules() {
		switch {
		case line == "":
		case r.Verdict(line) == flow.Right:
			s.Say(words.Concat(ruleHolds, r.Text))
		case r.Verdict(line) == flow.Wrong:
			s.Say(words.Concat(ruleFails, r.Text))
		}
	}
}

// isRepeat reports whether a field asks for a new secret a second time.
func (i *interview) isRepeat(each *field) bool {
	return i.at > 0 && each.Kind == flow.Secret && i.asks[i.at-1].Rules != nil
}

// correct writes the problems of answers, and begins to ask for those fields alone.
func (i *interview) correct(s *dialogue.Session, fields []*field, problems []flow.Problem) {
	i.asks, i.at = i.asks[:0], 0
	for _, each := range fields {
		for _, p := range problems {
			if p.Field == each.Name {
				s.SayProblem(words.Concat(each.Label, text.Untranslated(": "), p.Why))
				each.typed = ""
				i.asks = append(i.asks, each)
			}
		}
	}
}

// parseOffer parses a line such as "/2", by which a visitor goes to another place from a
// question that any text answers. count is the number of offers.
func parseOffer(line string, count int) (index int, ok bool) {
	digits, slash := strings.CutPrefix(strings.TrimSpace(line), "/")
	n, err := strconv.Atoi(digits)
	return n - 1, slash && err == nil && 1 <= n && n <= count
}
