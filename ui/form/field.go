package form

import (
	"slices"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/screen"
)

// field is a field of the step and what was typed into it.
type field struct {
	flow.Field
	*screen.Input
	initialAnswer string // what stood there to begin with
	problem       *text.Text
	refusedAnswer *string // the answer that the flow refused, for that problem; nil if the problem is not the flow's

	markedOption int           // of a Choice: the option that the marker is at
	optionRows   []screen.Span // of a Choice: where each option was drawn
}

// chosenIndex is the index of the option that is chosen, or 0.
func (each *field) chosenIndex() int {
	return max(slices.IndexFunc(each.Options, func(o flow.Option) bool { return o.Value == each.Value() }), 0)
}

// markOption puts the marker at an option, which does not choose it. It reports whether there is
// such a one.
func (each *field) markOption(i int) bool {
	if i < 0 || i >= len(each.Options) {
		return false
	}
	each.markedOption = i
	return true
}

// chooseOption chooses an option, if there is such a one.
func (each *field) chooseOption(i int) {
	if each.markOption(i) {
		each.Set(each.Options[i].Value)
		each.clearProblem()
	}
}

// markRefused has a field say why the flow refused its answer.
func (each *field) markRefused(why text.Text) {
	value := each.Value()
	each.problem, each.refusedAnswer = &why, &value
}

// remarkText is what may be wrong with the answer, or nil.
func (each *field) remarkText() *text.Text {
	if each.Remark == nil {
		return nil
	}
	return each.Remark(each.Value())
}

// isStillRefused reports whether the answer is still the one that the flow refused.
func (each *field) isStillRefused() bool {
	return each.refusedAnswer != nil && *each.refusedAnswer == each.Value()
}

// checkEdited looks at a field that was changed: what no longer fits is said at once.
func (each *field) checkEdited() {
	if each.refusedAnswer != nil && !each.isStillRefused() {
		each.problem, each.refusedAnswer = nil, nil
	}
	if each.IsTooLong() {
		each.problem = each.Problem(each.Value())
	}
	each.clearProblem()
}

// clearProblem takes a problem away as soon as it is one no longer.
func (each *field) clearProblem() {
	if each.problem != nil && !each.isStillRefused() && each.Problem(each.Value()) == nil {
		each.problem = nil
	}
}
