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

// state is what of a form is drawn: the step as it was last seen, its fields, and where
// the visitor is in them.
type state struct {
	visit          *flow.Visit
	snapshot       snapshot
	fields         []*field
	focus          int // the fields, then what submits, then the offers; or nowhere
	revealsSecrets bool
	failure        error // of the last submit, through no fault of the visitor

	isBusy       bool // the flow is being worked on, and not the form's to touch
	showsWaiting bool // long enough that the visitor is told
	spinner      spinner.Model

	rows []screen.Span // where everything that can have the focus was drawn
}

// refreshSnapshot looks at the step that the flow is at.
func (f *state) refreshSnapshot(flow *flow.Flow) {
	step := flow.Step()
	f.snapshot = snapshot{
		title: callText(step.Title), body: callText(step.Body), offers: step.Offers, step: step,
		scan: f.snapshot.scan.renewScan(step),
	}
	if f.noteFieldIndex(flow) < 0 {
		f.snapshot.note = callText(flow.Note())
	}
	for _, each := range f.fields {
		f.snapshot.hints = append(f.snapshot.hints, callText(each.Hint))
		f.snapshot.remarks = append(f.snapshot.remarks, each.remarkText())
		var rules []ruleState
		for _, r := range each.AppliedRules() {
			rules = append(rules, ruleState{r.Text, r.Verdict(each.Value())})
		}
		f.snapshot.rules = append(f.snapshot.rules, rules)
	}
}

// noteFieldIndex is the index of the field that the note of the flow is about, or -1.
func (f *state) noteFieldIndex(flow *flow.Flow) int {
	return slices.IndexFunc(f.fields, func(each *field) bool { return each.Name == flow.NoteField() })
}

// noFocus is where the focus is while the step goes on by itself, until the visitor
// wants to be elsewhere: a visitor who has answered on their phone may press Enter.
const noFocus = -1

// choiceField is the field that has the focus if that is one to choose, or nil.
func (f *state) choiceField() *field {
	if typed := f.typingField(); typed != nil && typed.Kind == flow.KindChoice {
		return typed
	}
	return nil
}

// moveLine moves by a line: to the next option, if there is one that way, or else to
// the next field.
func (f *state) moveLine(by int) {
	if options := f.choiceField(); options == nil || !options.markOption(options.markedOption+by) {
		f.moveFocus(by)
	}
}

// firstOffer is the focus of the first offer: after the fields and what submits, if
// the step does not go on by itself.
func (f *state) firstOffer() int {
	if f.isAutomatic() {
		return len(f.fields)
	}
	return len(f.fields) + 1
}

// typingField is the field that has the focus, or nil if something else has.
func (f *state) typingField() *field {
	if f.focus == noFocus || f.focus >= len(f.fields) {
		return nil
	}
	return f.fields[f.focus]
}

func (f *state) offers() []place.ID { return f.snapshot.offers }

// offerNames returns the names of the offers. The last one is of the other fields of the step, if it
// has any.
func (f *state) offerNames() (names []text.Text) {
	for _, p := range f.offers() {
		names = append(names, flows.PlaceAt(p).Name)
	}
	if other := f.snapshot.step.Switch; other != nil {
		names = append(names, other.Name)
	}
	return names
}

// moveFocus goes on to what is next or before, round and round.
func (f *state) moveFocus(by int) {
	f.leaveField()
	if f.focus == noFocus && by < 0 {
		f.focus = 0 // from which it is round to the last
	}
	if all := f.firstOffer() + len(f.offerNames()); all > 0 {
		f.focus = (f.focus + by + all) % all
	}
}

// leaveField looks at what was typed into a field once the visitor leaves it,
// and at the fields that looked wrong beside it.
func (f *state) leaveField() {
	if typed := f.typingField(); typed != nil && !typed.IsEmpty() && !typed.isStillRefused() {
		typed.problem = typed.Problem(typed.Value())
	}
	for _, each := range f.fields {
		each.clearProblem()
		each.markedOption = each.chosenIndex() // where the marker is when the visitor comes back
	}
}

// isAutomatic reports whether the step goes on by itself, and not by what is pressed. After
// a submit that failed it is the visitor who tries again.
func (f *state) isAutomatic() bool { return f.snapshot.step.PollEvery > 0 && f.failure == nil }
