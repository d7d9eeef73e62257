package form

import (
	"fmt"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/screen"
	"loket/ui/words"
)

// Narrate returns the texts of the step, and the field, button or offer that has the focus.
func (f *Form) Narrate(screen.Frame) screen.Narration {
	s := f.snapshot
	n := screen.Narration{Page: narrateTexts(screen.Mixed, s.title, s.body)}
	switch {
	case f.failure != nil:
		n.Page = append(n.Page, screen.Passages(screen.Public, words.FailureText(f.failure))...)
	default:
		n.Page = append(n.Page, narrateTexts(screen.Mixed, s.note)...)
	}
	if s.scan != nil {
		n.Page = append(n.Page, narrateAccess(s.scan.PhoneAccess)...)
	}
	if f.showsWaiting {
		n.Page = append(n.Page, screen.Passages(screen.Public, words.OneMoment)...)
	}
	n.Element = f.narrateFocus()
	if n.Element.ID != "" {
		n.Element.ID = s.title.NL + ": " + n.Element.ID
	}
	return n
}

// narrateAccess returns how a phone reaches the desk. It is private, because a bystander with a phone could use it.
func narrateAccess(a flow.PhoneAccess) (all []screen.Passage) {
	for _, fact := range []struct {
		name  text.Text
		value string
	}{{words.PhoneAddressLabel, a.Address}, {words.PhoneCodeLabel, a.Code}, {words.PhoneNumberLabel, a.MatchNumber}} {
		if fact.value != "" {
			all = append(all, screen.Passages(screen.Private, words.Concat(fact.name, text.SameInBoth(": "+fact.value)))...)
		}
	}
	return all
}

// narrateFocus returns the part of the form that has the focus.
func (f *state) narrateFocus() screen.Element {
	switch offer := f.focus - f.firstOffer(); {
	case f.focus == noFocus:
		return screen.Element{}
	case f.focus < len(f.fields):
		return f.narrateField(f.focus)
	case offer < 0:
		name := words.Continue
		if f.snapshot.step.AutoSubmit || f.snapshot.step.PollEvery > 0 {
			name = words.TryAgain
		}
		return screen.Element{ID: "button", Name: screen.Passages(screen.Public, name, buttonText)}
	case offer < len(f.offerNames()):
		name := f.offerNames()[offer]
		// A switch gets another name when it is done, which must be spoken. So the ID contains the name.
		return screen.Element{ID: fmt.Sprint("offer ", offer, " ", name.EN), Name: screen.Passages(screen.Public, name)}
	}
	return screen.Element{}
}

// The texts that only speech has, because the screen draws these things otherwise.
var (
	buttonText      = text.New("Knop.", "Button.")
	otherOptionText = text.New("Pijltje links of rechts is een ander antwoord.", "Arrow left or right is another answer.")
	chosenText      = text.New("Gekozen.", "Chosen.")
	ruleMetLabel    = text.New("Goed: ", "Met: ")
	ruleBrokenLabel = text.New("Nog niet goed: ", "Not met: ")
)

// narrateField returns the i-th field: its label, what is wrong with its answer, what stands in it, and its hints.
func (f *state) narrateField(i int) screen.Element {
	each := f.fields[i]
	e := screen.Element{ID: "field " + each.Name, Name: screen.Passages(screen.Public, each.Label)}
	if each.problem != nil { // It says what an answer looks like, and has no data.
		e.Name = append(e.Name, screen.Passages(screen.Public, words.Concat(words.ProblemPrefix, *each.problem))...)
	}
	if each.Kind == flow.KindChoice {
		marked := max(each.markedOption, 0)
		e.Details = screen.Passages(screen.Public, each.Options[marked].Name)
		if marked == each.chosenIndex() {
			e.Details = append(e.Details, screen.Passages(screen.Public, chosenText)...)
		}
		e.NarratePosition(marked, len(each.Options))
		if len(each.Options) > 1 {
			e.Details = append(e.Details, screen.Passages(screen.Public, otherOptionText)...)
		}
	} else {
		isSecret := each.Kind == flow.KindSecret
		e.Typed = &screen.TypedText{Value: each.Value(), IsSecret: isSecret && !f.revealsSecrets, IsShown: isSecret && f.revealsSecrets}
	}
	if remark := f.snapshot.remarks[i]; remark != nil {
		e.Details = append(e.Details, narrateTexts(screen.Mixed, remark)...)
	} else {
		e.Details = append(e.Details, narrateTexts(screen.Mixed, f.snapshot.hints[i])...)
	}
	if each.IsEmpty() && each.Example != "" {
		e.Details = append(e.Details, screen.Passages(screen.Public, words.Concat(words.ExamplePrefix, text.SameInBoth(each.Example)))...)
	}
	if count := len(f.fields); count > 1 {
		e.Details = append(e.Details, screen.Passages(screen.Public, text.New(fmt.Sprintf("Veld %d van %d.", i+1, count), fmt.Sprintf("Field %d of %d.", i+1, count)))...)
	}
	for _, r := range f.snapshot.rules[i] {
		e.Rules = append(e.Rules, screen.Passages(screen.Public, r.spokenText(each.IsEmpty()))...)
	}
	return e
}

// spokenText returns the rule with its verdict. There is no verdict on an empty answer.
func (r ruleState) spokenText(isEmpty bool) text.Text {
	switch {
	case isEmpty || r.verdict == flow.VerdictNone:
		return r.text
	case r.verdict == flow.VerdictRight:
		return words.Concat(ruleMetLabel, r.text)
	}
	return words.Concat(ruleBrokenLabel, r.text)
}

// narrateTexts returns passages of the texts that are not nil.
func narrateTexts(privacy screen.Privacy, texts ...*text.Text) (all []screen.Passage) {
	for _, t := range texts {
		if t != nil {
			all = append(all, screen.Passages(privacy, *t)...)
		}
	}
	return all
}
