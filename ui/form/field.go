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
		each.mended()
	}
}

// edited looks at a field that was changed: what no longer fits is said at once.
func (each *field) edited() {
	if each.TooLong() {
		each.problem = each.Problem(each.Value())
	}
	each.mended()
}

// mended takes a problem away as soon as it is one no longer.
func (each *field) mended() {
	if each.problem != nil && each.Problem(each.Value()) == nil {
		each.problem = nil
	}
}
