package flowtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// writeVisitorScreen writes the current screen of the visitor.
func (r *scriptReplay) writeVisitorScreen() {
	f, in := r.current.flow, r.language
	step := f.Step()
	if step.IsPending != nil {
		r.current.code = step.PhoneAccess().Code
	}
	r.printf("%s: %s%s", f.State(), step.Title().In(in), visitStatusText(f.Visit()))
	if screen := r.screenName(); !r.shownScreens[screen] {
		r.shownScreens[screen] = true
		r.writeStepTexts(step, in)
	}
	if f.AnswerNote() != nil {
		about := ""
		for _, field := range step.Fields {
			if field.Name == f.AnswerNoteField() {
				about = field.Label.In(in) + ": "
			}
		}
		r.printf("  ! %s%s", about, f.AnswerNote()().In(in))
	}
}

// visitStatusText says that a customer is logged in, or that a card is open.
func visitStatusText(v *flow.Visit) string {
	switch {
	case v.LoggedIn():
		return " [logged in]"
	case v.OpenCardCustomer() != "":
		return " [card open]"
	}
	return ""
}

// screenName returns a name for the visitor's current screen, including the language.
func (r *scriptReplay) screenName() string {
	return fmt.Sprint(r.current.flow.Name, r.current.flow.State(), r.language)
}

func (r *scriptReplay) writeStepTexts(step flow.Step, in text.Language) {
	if step.Body != nil {
		for line := range strings.Lines(step.Body().In(in)) {
			if line = strings.TrimSpace(line); line != "" {
				r.printf("  %s", line)
			}
		}
	}
	if step.PhoneAccess != nil {
		r.showPhoneAccess(step.PhoneAccess())
	}
	for _, field := range step.Fields {
		label := field.Label.In(in)
		if field.InitialAnswer != "" {
			label += " [" + field.InitialAnswer + "]"
		}
		if field.Hint != nil {
			label += " (" + field.Hint().In(in) + ")"
		}
		r.printf("  ? %s", label)
		for _, rule := range field.ApplicableRules() {
			r.printf("    - %s", rule.Text.In(in))
		}
		for i, option := range field.Options {
			r.printf("    %d %s", i+1, twoDigits.ReplaceAllString(option.Name.In(in), "(a number)"))
		}
	}
	for _, place := range step.Offers {
		r.printf("  > %s", flows.PlaceAt(place).Name.In(in))
	}
	for _, other := range step.Switches {
		r.printf("  > %s", other.Name.In(in))
	}
	if step.RetryPlace != "" {
		r.printf("  > once more: %s", flows.PlaceAt(step.RetryPlace).Name.In(in))
	}
}

// showOutbox writes the waiting messages without their secrets.
func (r *scriptReplay) showOutbox() {
	messages := r.desk.OutboxMessages(r.t)
	if len(messages) == 0 {
		r.printf("nothing")
	}
	for _, m := range messages {
		for fact := range maps.Values(secretFactNames) {
			if _, has := m.Facts[fact]; has {
				m.Facts[fact] = "(secret)"
			}
		}
		var facts []string
		for _, name := range slices.Sorted(maps.Keys(m.Facts)) {
			facts = append(facts, name+" "+m.Facts[name])
		}
		arrives := dutch.DateOf(m.ArrivesBy).LongWeekdayText().NL
		channel := string(m.Channel)
		if m.Channel == store.ByLetter && m.LetterPrint == store.LargePrint {
			channel += " in large print"
		}
		r.printf("%s in %s to %s, there on %s: %s; %s", channel, m.Language, strings.Join(m.To, ", "), arrives, m.Template, strings.Join(facts, ", "))
	}
}
