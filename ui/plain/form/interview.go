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
	ruleMetLabel     = text.New("Goed: ", "Met: ")
	ruleBrokenLabel  = text.New("Nog niet goed: ", "Not met: ")
	keepAnswerText   = text.New("Een lege regel laat dat zo.", "Press Enter to keep it.")
	keepOrRemoveText = text.New("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	hiddenText       = text.New("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
)

// currentAnswerText returns the text of the current answer.
func currentAnswerText(present text.Text) text.Text {
	return words.Concat(text.New("Nu staat er: ", "Current answer: "), present, text.SameInBoth("."))
}

// An interview asks for fields.
type interview struct {
	fields       []*field // in the order in which they are asked
	currentIndex int      // index in asks; the fields before it are answered
	hintedField  *field   // the field whose hint was written last
}

// begin begins to ask for fields. The visitor may keep answers that were given before, except
// secrets (R18).
func (i *interview) begin(fields []*field) {
	i.fields, i.currentIndex = slices.Clone(fields), 0
	for _, each := range i.fields {
		each.clearSecret()
	}
}

// errSwitched says that the visitor chose to be asked for other fields.
var errSwitched = errors.New("the step asks for other fields")

// askFields asks for the fields that have no answer yet. If the visitor chooses one of offers, it
// returns where that leads. If switches is true the step has other fields, which the visitor can
// choose after the offers: then the error is errSwitched.
func (i *interview) askFields(s *dialogue.Session, offers []place.ID, switches bool) (dialogue.Next, error) {
	count := len(offers)
	if switches {
		count++
	}
	for i.currentIndex < len(i.fields) {
		each := i.fields[i.currentIndex]
		line, err := s.Ask(i.prepareQuestion(s, each), each.Kind == flow.KindSecret, each.takes)
		offer, elsewhere := parseOffer(line, count)
		switch {
		case errors.Is(err, dialogue.ErrBack) && i.currentIndex > 0:
			i.currentIndex--
			i.fields[i.currentIndex].clearSecret()
		case errors.Is(err, dialogue.ErrClearAnswer):
			each.typed = ""
			i.takeAnswer(s, each, "")
		case err != nil:
			return dialogue.Next{}, err
		case elsewhere && offer == len(offers):
			return dialogue.Next{}, errSwitched
		case elsewhere:
			return dialogue.NextMove(navigation.GoTo{Place: offers[offer]}), nil
		default:
			i.takeAnswer(s, each, line)
		}
	}
	return dialogue.Next{}, nil
}

// prepareQuestion writes the hint and the current answer of a field, and returns the question.
func (i *interview) prepareQuestion(s *dialogue.Session, each *field) text.Text {
	s.Out.WriteGap()
	if i.hintedField != each {
		each.sayHint(s)
	}
	i.hintedField = each
	switch {
	case each.typed == "" || each.Kind == flow.KindSecret:
	case each.Kind != flow.KindChoice && each.Problem("") == nil:
		s.Say(words.JoinSpaced(currentAnswerText(each.answerText()), keepOrRemoveText))
	default:
		s.Say(words.JoinSpaced(currentAnswerText(each.answerText()), keepAnswerText))
	}
	if s.In.IsHidden(each.Kind == flow.KindSecret) {
		s.Say(hiddenText)
	}
	return words.Concat(each.Label, text.SameInBoth(":"))
}

// takeAnswer takes an answer. It goes on to the next field if the answer is right. An empty line
// keeps the current answer.
func (i *interview) takeAnswer(s *dialogue.Session, each *field, line string) {
	if line == "" {
		line, each.typed = each.typed, ""
	}
	line = each.parseAnswer(line)
	why := each.Problem(line)
	if why == nil {
		each.typed = line
		i.currentIndex++
		if each.Remark != nil {
			if remark := each.Remark(line); remark != nil {
				s.SayNotice(*remark)
			}
		}
		return
	}
	s.SayProblem(words.Concat(each.Label, text.SameInBoth(": "), each.brokenRule(line, *why)))
	if line != "" && i.isRepeat(each) {
		i.currentIndex-- // the mistake may be in the first of the two secrets
		i.fields[i.currentIndex].clearSecret()
	}
	for _, r := range each.AppliedRules() {
		switch {
		case line == "":
		case r.Verdict(line) == flow.VerdictRight:
			s.Say(words.Concat(ruleMetLabel, r.Text))
		case r.Verdict(line) == flow.VerdictWrong:
			s.Say(words.Concat(ruleBrokenLabel, r.Text))
		}
	}
}

// isRepeat reports whether a field asks for a new secret a second time.
func (i *interview) isRepeat(each *field) bool {
	return i.currentIndex > 0 && each.Kind == flow.KindSecret && i.fields[i.currentIndex-1].Rules != nil
}

// startCorrection writes the problems of answers, and begins to ask for those fields alone.
func (i *interview) startCorrection(s *dialogue.Session, fields []*field, problems []flow.Problem) {
	i.fields, i.currentIndex = i.fields[:0], 0
	for _, each := range fields {
		for _, p := range problems {
			if p.Field == each.Name {
				s.SayProblem(words.Concat(each.Label, text.SameInBoth(": "), p.Reason))
				each.typed = ""
				i.fields = append(i.fields, each)
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
