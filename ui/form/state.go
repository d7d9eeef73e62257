package form

import (
	"slices"

	"charm.land/bubbles/v2/spinner"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
)

// state is everything that the form draws: a snapshot of the step, its fields, and the focus.
type state struct {
	visit          *flow.Visit
	snapshot       snapshot
	fields         []*field
	focus          int // focus is an index into the fields, followed by the submit button and the offers. It may be noFocus.
	revealsSecrets bool
	failure        error // failure is the error of the last submit, if the visitor's answers were not the cause.

	isNoticeNew bool // isNoticeNew is true if the last submit brought a notice, and the visitor has pressed nothing after it.

	isBusy       bool // isBusy is true while a submit uses the flow in the background. The form must not use the flow then.
	showsWaiting bool // showsWaiting is true if the submit has taken so long that the form asks the visitor to wait.
	spinner      spinner.Model

	rows []screen.Span // rows are the lines of each part of the page that can have the focus.
}

// refreshSnapshot updates the snapshot from the current step of the flow.
func (f *state) refreshSnapshot(flow *flow.Flow) {
	step := flow.Step()
	f.snapshot = snapshot{
		title: textOrNil(step.Title), body: textOrNil(step.Body), offers: step.Offers, step: step,
		scan: f.snapshot.scan.renewScan(step),
	}
	if f.noteFieldIndex(flow) < 0 {
		f.snapshot.note = textOrNil(flow.AnswerNote())
	}
	for _, each := range f.fields {
		f.snapshot.hints = append(f.snapshot.hints, textOrNil(each.Hint))
		f.snapshot.remarks = append(f.snapshot.remarks, each.remarkText())
		var rules []ruleState
		for _, r := range each.ApplicableRules() {
			rules = append(rules, ruleState{r.Text, r.JudgeAnswer(each.Value())})
		}
		f.snapshot.rules = append(f.snapshot.rules, rules)
	}
}

// noteFieldIndex returns the index of the field that the note of the flow is about, or -1.
func (f *state) noteFieldIndex(flow *flow.Flow) int {
	return slices.IndexFunc(f.fields, func(each *field) bool { return each.Name == flow.AnswerNoteField() })
}

// noFocus is the focus while a step waits for a phone and the visitor has not moved the focus. So Enter does nothing when a
// visitor presses it after answering on the phone.
const noFocus = -1

// focusedChoiceField returns the field that has the focus if it is a choice field, and otherwise nil.
func (f *state) focusedChoiceField() *field {
	if typed := f.focusedField(); typed != nil && typed.Kind == flow.KindChoice {
		return typed
	}
	return nil
}

// moveUpOrDown moves the marker to the next or previous option. If there is no such option, it moves the focus to another field.
func (f *state) moveUpOrDown(by int) {
	if options := f.focusedChoiceField(); options == nil || !options.markOption(options.markedOption+by) {
		f.moveFocus(by)
	}
}

// firstOffer returns the focus index of the first offer. It comes after the fields and the submit button. A step that waits
// for a phone has no such button.
func (f *state) firstOffer() int {
	if f.isStepAutomatic() {
		return len(f.fields)
	}
	return len(f.fields) + 1
}

// focusedField returns the field that has the focus, or nil if no field has the focus.
func (f *state) focusedField() *field {
	if f.focus == noFocus || f.focus >= len(f.fields) {
		return nil
	}
	return f.fields[f.focus]
}

func (f *state) offeredPlaces() []place.ID { return f.snapshot.offers }

// offerNames returns the names of the offers. The last ones are those of the step's switches.
func (f *state) offerNames() (names []text.Text) {
	for _, p := range f.offeredPlaces() {
		names = append(names, flows.PlaceAt(p).Name)
	}
	for _, other := range f.snapshot.step.Switches {
		names = append(names, other.Name)
	}
	return names
}

// moveFocus moves the focus forwards or backwards, and wraps around at the ends.
func (f *state) moveFocus(by int) {
	f.leaveField()
	if f.focus == noFocus && by < 0 {
		f.focus = 0 // From 0, moving backwards wraps around to the last.
	}
	if all := f.firstOffer() + len(f.offerNames()); all > 0 {
		f.focus = (f.focus + by + all) % all
	}
}

// leaveField checks the answer of the field that loses the focus. It also removes the problems of other fields that this
// answer has solved.
func (f *state) leaveField() {
	if typed := f.focusedField(); typed != nil && !typed.IsEmpty() && !typed.isStillRefused() {
		typed.problem = typed.CheckAnswer(typed.Value())
	}
	for _, each := range f.fields {
		each.clearProblem()
		each.markedOption = each.chosenIndex() // The marker is at the chosen option when the visitor returns.
	}
}

// isStepAutomatic reports whether the step continues without a key press. After a failed submit it does not, and the visitor has
// to try again.
func (f *state) isStepAutomatic() bool { return f.snapshot.step.PollEvery > 0 && f.failure == nil }
