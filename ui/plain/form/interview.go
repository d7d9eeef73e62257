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

// The texts around a field.
var (
	ruleMetLabel     = text.New("Goed: ", "Met: ")
	ruleBrokenLabel  = text.New("Nog niet goed: ", "Not met: ")
	keepAnswerText   = text.New("Een lege regel laat dat zo.", "Press Enter to keep it.")
	keepOrRemoveText = text.New("Een lege regel laat dat zo, /leeg haalt het weg.", "Press Enter to keep it, or type /empty to remove it.")
	hiddenInputText  = text.New("Wat je nu typt, is niet te zien.", "Your typing is hidden.")
)

// currentAnswerText returns a text that says what the current answer is.
func currentAnswerText(present text.Text) text.Text {
	return words.Concat(text.New("Nu staat er: ", "Current answer: "), present, text.SameInBoth("."))
}

// An interview asks for fields one by one.
type interview struct {
	fields       []*field // fields are in the order in which they are asked.
	currentIndex int      // currentIndex is the index of the field that is asked now. The fields before it have answers.
	hintedField  *field   // hintedField is the field whose hint was written last.
}

// startAsking starts to ask for fields. The visitor may keep earlier answers, except secrets (R18).
func (i *interview) startAsking(fields []*field) {
	i.fields, i.currentIndex = slices.Clone(fields), 0
	for _, each := range i.fields {
		each.clearSecret()
	}
}

// switchChosen means that the visitor chose the switch of the step with this index.
type switchChosen int

func (switchChosen) Error() string { return "the step has another form" }

// askFields asks for the fields that have no answer yet. If the visitor chooses one of offers, it returns where that leads. The
// step's switches come after the offers. If the visitor chooses one of them, askFields returns a switchChosen.
func (i *interview) askFields(s *dialogue.Session, offers []place.ID, switches int) (dialogue.NextAction, error) {
	count := len(offers) + switches
	for i.currentIndex < len(i.fields) {
		each := i.fields[i.currentIndex]
		line, err := s.Ask(i.prepareQuestion(s, each), each.Kind == flow.KindSecret, each.acceptsLine)
		offer, elsewhere := parseOffer(line, count)
		switch {
		case errors.Is(err, dialogue.ErrBack) && i.currentIndex > 0:
			i.currentIndex--
			i.fields[i.currentIndex].clearSecret()
		case errors.Is(err, dialogue.ErrClearAnswer):
			each.typed = ""
			i.takeAnswer(s, each, "")
		case err != nil:
			return dialogue.NextAction{}, err
		case elsewhere && offer >= len(offers):
			return dialogue.NextAction{}, switchChosen(offer - len(offers))
		case elsewhere:
			return dialogue.NextMoveAction(navigation.GoTo{Place: offers[offer]}), nil
		default:
			i.takeAnswer(s, each, line)
		}
	}
	return dialogue.NextAction{}, nil
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
	case each.Kind != flow.KindChoice && each.CheckAnswer("") == nil:
		s.Say(words.JoinSpaced(currentAnswerText(each.answerText()), keepOrRemoveText))
	default:
		s.Say(words.JoinSpaced(currentAnswerText(each.answerText()), keepAnswerText))
	}
	if s.In.IsAnswerHidden(each.Kind == flow.KindSecret) {
		s.Say(hiddenInputText)
	}
	return words.Concat(each.Label, text.SameInBoth(":"))
}

// takeAnswer handles an answer. If the answer is valid, it continues with the next field, but after a remark it asks for the
// same field once more. An empty line keeps the current answer.
func (i *interview) takeAnswer(s *dialogue.Session, each *field, line string) {
	if line == "" {
		line, each.typed = each.typed, ""
	}
	line = each.parseAnswer(line)
	why := each.CheckAnswer(line)
	if why == nil {
		each.typed = line
		if !each.sayRemark(s) {
			i.currentIndex++
		}
		return
	}
	s.SayProblem(words.Concat(each.Label, text.SameInBoth(": "), each.brokenRuleText(line, *why)))
	if line != "" && i.isPasswordRepeat(each) {
		i.currentIndex-- // Ask for both passwords again, because the mistake may be in the first one.
		i.fields[i.currentIndex].clearSecret()
	}
	for _, r := range each.ApplicableRules() {
		switch {
		case line == "":
		case r.JudgeAnswer(line) == flow.VerdictRight:
			s.Say(words.Concat(ruleMetLabel, r.Text))
		case r.JudgeAnswer(line) == flow.VerdictWrong:
			s.Say(words.Concat(ruleBrokenLabel, r.Text))
		}
	}
}

// isPasswordRepeat reports whether a field asks for a new password a second time.
func (i *interview) isPasswordRepeat(each *field) bool {
	return i.currentIndex > 0 && each.Kind == flow.KindSecret && i.fields[i.currentIndex-1].Rules != nil
}

// startCorrection writes the problems of answers, and starts to ask again for only the fields with a problem.
func (i *interview) startCorrection(s *dialogue.Session, fields []*field, problems []flow.AnswerProblem) {
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

// parseOffer parses a line such as "/2", with which a visitor chooses an offer at a question that accepts any text. count is
// the number of offers.
func parseOffer(line string, count int) (index int, ok bool) {
	digits, slash := strings.CutPrefix(strings.TrimSpace(line), "/")
	n, err := strconv.Atoi(digits)
	return n - 1, slash && err == nil && 1 <= n && n <= count
}
