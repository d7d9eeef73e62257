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
	began   string // what stood there to begin with
	problem *text.Text
	refused *string // the answer that the flow refused, for that problem; nil if the problem is not the flow's

	at   int           // of a Choice: the option that the marker is at
	rows []screen.Span // of a Choice: where each option was drawn
}

// chosen is the index of the option that is chosen, or 0.
func (each *field) chosen() int {
	return max(slices.IndexFunc(each.Options, func(o flow.Option) bool { return o.Value == each.Value() }), 0)
}

// point puts the marker at an option, which does not choose it. It reports whether there is
// such a one.
func (each *field) point(i int) bool {
	if i < 0 || i >= len(each.Options) {
		return false
	}
	each.at = i
	return true
}

// pick chooses an option, if there is such a one.
func (each *field) pick(i int) {
	if each.point(i) {
		each.Set(each.Options[i].Value)
		each.clearProblem()
	}
}

// refuse has a field say why the flow refused its answer.
func (each *field) refuse(why text.Text) {
	value := each.Value()
	each.problem, each.refused = &why, &value
}

// remark is what may be wrong with the answer, or nil.
func (each *field) remark() *text.Text {
	if each.Remark == nil {
		return nil
	}
	return each.Remark(each.Value())
}

// stands reports whether the answer is still the one that the flow refused.
func (each *field) stands() bool { return each.refused != nil && *each.refused == each.Value() }

// checkEdited looks at a field that was changed: what no longer fits is said at once.
func (each *field) checkEdited() {
	if each.refused != nil && !each.stands() {
		each.problem, each.refused = nil, nil
	}
	if each.TooLong() {
		each.problem = each.Problem(each.Value())
	}
	each.clearProblem()
}

// clearProblem takes a problem away as soon as it is one no longer.
func (each *field) clearProblem() {
	if each.problem != nil && !each.stands() && each.Problem(each.Value()) == nil {
		each.problem = nil
	}
}
