package form

import (
	"strconv"
	"strings"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/plain/dialogue"
	"loket/ui/words"
)

// field is a field of a step and its answer.
type field struct {
	flow.Field
	initialAnswer string // initialAnswer is the answer before the visitor types anything.
	typed         string // typed is the current answer.
	remarked      string // remarked is the answer about which the visitor was last warned.
}

// clearSecret clears the answer if it is a password or a code, because these must be typed again.
func (each *field) clearSecret() {
	if each.Kind == flow.KindSecret {
		each.typed = ""
	}
}

// sayHint writes what an answer should look like: the hint, an example, the rules and the options.
func (each *field) sayHint(s *dialogue.Session) {
	var hint, example text.Text
	if each.Hint != nil {
		hint = each.Hint()
	}
	if each.Example != "" {
		example = words.Concat(words.ExamplePrefix, text.SameInBoth(each.Example))
	}
	s.Say(words.JoinCommas(hint, example))
	if len(each.Rules) > 0 {
		s.Say(rulesText(each.ApplicableRules()))
	}
	for i, o := range each.Options {
		s.WriteChoice(i+1, dialogue.Choice{Name: o.Name})
	}
}

// acceptsLine reports whether a line is a valid answer.
func (each *field) acceptsLine(line string) bool {
	return each.Kind == flow.KindSecret || each.CheckAnswer(each.parseAnswer(line)) == nil
}

// sayRemark writes a warning about the current answer if the answer is doubtful. It reports whether it wrote one. It warns
// about the same answer only once, so that the visitor can keep the answer.
func (each *field) sayRemark(s *dialogue.Session) bool {
	if each.Remark == nil || each.typed == each.remarked {
		return false
	}
	remark := each.Remark(each.typed)
	if remark == nil {
		return false
	}
	each.remarked = each.typed
	s.SayNotice(*remark)
	return true
}

// answerText returns the answer as text: the name of the chosen option, or the typed text.
func (each *field) answerText() text.Text {
	for _, o := range each.Options {
		if o.Value == each.typed {
			return o.Name
		}
	}
	return words.CleanRecordText(each.typed)
}

// brokenRuleText returns the text of the first rule that an answer breaks. If the answer breaks no rule, it returns why.
func (each *field) brokenRuleText(line string, why text.Text) text.Text {
	for _, r := range each.ApplicableRules() {
		if line != "" && !r.Holds(line) {
			return r.Correction
		}
	}
	return why
}

var rulesLabel = text.New("Dit moet kloppen: ", "Rules: ")

// rulesText returns the rules for a new password as one text (P1).
func rulesText(rules []flow.AnswerRule) text.Text {
	t := rulesLabel
	for i, r := range rules {
		if i > 0 {
			t = words.Concat(t, text.SameInBoth("; "))
		}
		t = words.Concat(t, r.Text)
	}
	return words.Concat(t, text.SameInBoth("."))
}

// parseAnswer returns the value of the option that a line names or numbers. For any other line it returns the line itself.
func (each *field) parseAnswer(line string) string {
	typed := strings.TrimSpace(line)
	for i, o := range each.Options {
		if typed == strconv.Itoa(i+1) || strings.EqualFold(typed, o.Name.NL) || strings.EqualFold(typed, o.Name.EN) {
			return o.Value
		}
	}
	return line
}
