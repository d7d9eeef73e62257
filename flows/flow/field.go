package flow

import (
	"slices"

	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"loket/flows/text"
)

// Kind says how a screen draws a field.
type Kind int

const (
	KindLine       Kind = iota
	KindSecret          // hidden, unless the visitor asks to see it
	KindDigits          // a number that works once, so that no other flow needs it
	KindChoice          // one of Options
	KindSignature       // made by a phone with a passkey: the answer of a browser to PasskeyOptions
	KindNewPasskey      // a new passkey of a phone: the answer of a browser to PasskeyOptions
)

// Field is one thing a step asks for. Its name is unique within the step.
type Field struct {
	Name          string
	Label         text.Text
	Example       string // shown while the field is empty
	Hint          func() text.Text
	Help          text.Text // where the answer is found, or how to choose one, for whoever asks for help
	Kind          Kind
	Rules         []Rule   // for a new secret, shown while the visitor types
	Options       []Option // the answers to choose from
	InitialAnswer string   // the answer at the beginning; the value of one of Options, if the field has those

	// Remark returns what may be wrong with an answer that is accepted, or nil. It depends on
	// the form of the answer alone, and not on whose it is. The field itself may be nil.
	Remark func(typed string) *text.Text

	// PasskeyOptions returns the options with which the browser of a phone makes the answer. It is nil
	// if no visitor waits for that.
	PasskeyOptions func() (options string, err error)

	MaxCharacters int                     // most characters; 0 for MaxAnswerLength
	Accept        func(string) *text.Text // stores a good answer, or returns what is wrong
}

// Rule is a rule for an answer. A screen shows for each whether it holds, while the visitor
// types (P1).
type Rule struct {
	Text        text.Text
	Correction  text.Text // what the visitor must do if the rule does not hold
	Holds       func(typed string) bool
	IsDecidable func() bool // reports whether Holds decides before the step is submitted; nil if it always does

	Applies func() bool // whether it is for this visitor; nil if it is for everybody
}

// AppliedRules returns the rules of the field that are for this visitor.
func (f Field) AppliedRules() []Rule {
	return slices.DeleteFunc(slices.Clone(f.Rules), func(r Rule) bool { return r.Applies != nil && !r.Applies() })
}

// Verdict says whether the rule holds for an answer. It is neither right nor wrong if only
// submitting the step can decide.
func (r Rule) Verdict(typed string) Verdict {
	switch {
	case !r.Holds(typed):
		return VerdictWrong
	case r.IsDecidable != nil && !r.IsDecidable():
		return VerdictNone
	}
	return VerdictRight
}

// Option is one of the answers to choose from.
type Option struct {
	Value string    // the answer
	Name  text.Text // what the visitor reads
}

// ChoiceField asks for one of the options of f. The visitor may type its number in the list, its
// value or its name.
func ChoiceField(v *string, f Field) Field {
	f.Kind = KindChoice
	f.Accept = func(s string) *text.Text {
		s = strings.TrimSpace(s)
		for i, o := range f.Options {
			if s == strconv.Itoa(i+1) || s == o.Value || strings.EqualFold(s, o.Name.NL) || strings.EqualFold(s, o.Name.EN) {
				*v = o.Value
				return nil
			}
		}
		return new(text.New("Kies een van de antwoorden.", "Choose one of the answers."))
	}
	return f
}

// Problem returns what is wrong with an answer, or nil. It is for a screen that says so before
// the step is submitted.
func (f Field) Problem(typed string) *text.Text { return f.accept(typed) }

// MaxAnswerLength is the most characters that a field accepts by default.
const MaxAnswerLength = 100

// MaxLength returns the most characters that the field accepts.
func (f Field) MaxLength() int { return cmp.Or(f.MaxCharacters, MaxAnswerLength) }

// accept stores an answer in the field, or returns what is wrong with it. It removes invisible
// characters. It refuses an answer that is too long, because a truncated address may be that of
// somebody else.
func (f Field) accept(typed string) *text.Text {
	typed = text.StripControl(typed, "")
	if most := f.MaxLength(); utf8.RuneCountInString(typed) > most {
		return new(text.New(
			fmt.Sprintf("Dit is te lang: hooguit %d tekens.", most),
			fmt.Sprintf("This is too long: %d characters at most.", most),
		))
	}
	return f.Accept(typed)
}
