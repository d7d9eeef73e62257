package form

import (
	"slices"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/screen"
)

// field is a field of a step, and the answer that was typed into it.
type field struct {
	flow.Field
	*screen.Input
	initialAnswer string // initialAnswer is the answer that the field had before the visitor typed.
	problem       *text.Text
	// refusedAnswer is the answer that the flow refused with problem. It is nil if the flow has not refused the answer.
	refusedAnswer *string

	markedOption int           // markedOption is the index of the option at the marker, in a choice field.
	optionRows   []screen.Span // optionRows are the lines of each option, in a choice field.
}

// chosenIndex returns the index of the chosen option, or 0 if none is chosen.
func (each *field) chosenIndex() int {
	return max(slices.IndexFunc(each.Options, func(o flow.Option) bool { return o.Value == each.Value() }), 0)
}

// markOption moves the marker to an option without choosing it. It returns false if there is no option with that index.
func (each *field) markOption(i int) bool {
	if i < 0 || i >= len(each.Options) {
		return false
	}
	each.markedOption = i
	return true
}

// chooseOption chooses an option. It does nothing if there is no option with that index.
func (each *field) chooseOption(i int) {
	if each.markOption(i) {
		each.Set(each.Options[i].Value)
		each.clearProblem()
	}
}

// markRefused marks the answer as refused by the flow, with the reason.
func (each *field) markRefused(why text.Text) {
	value := each.Value()
	each.problem, each.refusedAnswer = &why, &value
}

// remarkText returns a warning about the answer, or nil.
func (each *field) remarkText() *text.Text {
	if each.Remark == nil {
		return nil
	}
	return each.Remark(each.Value())
}

// isStillRefused reports whether the answer is the answer that the flow refused.
func (each *field) isStillRefused() bool {
	return each.refusedAnswer != nil && *each.refusedAnswer == each.Value()
}

// checkEditedAnswer checks a field after a change. It reports at once that an answer is too long, but no other problem.
func (each *field) checkEditedAnswer() {
	if each.refusedAnswer != nil && !each.isStillRefused() {
		each.problem, each.refusedAnswer = nil, nil
	}
	if each.IsTooLong() {
		each.problem = each.CheckAnswer(each.Value())
	}
	each.clearProblem()
}

// clearProblem removes the problem of the field if the answer no longer has it.
func (each *field) clearProblem() {
	if each.problem != nil && !each.isStillRefused() && each.CheckAnswer(each.Value()) == nil {
		each.problem = nil
	}
}
