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

// FieldKind says how screens show a field.
type FieldKind int

const (
	KindLine       FieldKind = iota
	KindSecret               // KindSecret is hidden unless the visitor asks to see it.
	KindDigits               // KindDigits is a number that works only once, so that no other flow needs it.
	KindChoice               // KindChoice is one of the Options.
	KindSignature            // KindSignature is a phone's signature with a passkey: a browser's answer to PasskeyOptions.
	KindNewPasskey           // KindNewPasskey is a new passkey of a phone: a browser's answer to PasskeyOptions.
)

// Field is a question in a step. Its name is unique within the step.
type Field struct {
	Name          string
	Label         text.Text
	Example       string // Example is shown while the field is empty.
	Hint          func() text.Text
	Help          text.Text // Help says where visitors find the answer, or how to choose one. It is shown on request.
	Kind          FieldKind
	Rules         []AnswerRule // Rules are the rules for a new secret, which are shown while the visitor types.
	Options       []Option     // Options are the possible answers to a KindChoice field.
	InitialAnswer string       // InitialAnswer is the answer at first; if there are Options, it is the value of one of them.

	// Remark returns a remark about an accepted answer that may be wrong, or nil. The remark depends only on the form of the
	// answer, and not on the customer's data. Remark itself may be nil.
	Remark func(typed string) *text.Text

	// PasskeyOptions returns the options with which a phone's browser makes the answer. It is nil if no browser has to make
	// the answer.
	PasskeyOptions func() (options string, err error)

	MaxCharacters int                     // MaxCharacters is the largest number of characters in an answer; 0 means MaxAnswerLength.
	Accept        func(string) *text.Text // Accept stores a valid answer, or returns a text about the mistake in it.
}

// AnswerRule is a rule for an answer. While the visitor types, screens show which rules hold (P1).
type AnswerRule struct {
	Text        text.Text
	Correction  text.Text // Correction tells the visitor what to do if the rule does not hold.
	Holds       func(typed string) bool
	IsDecidable func() bool // IsDecidable reports whether Holds can decide before the step is submitted; nil means always.

	Applies func() bool // Applies reports whether the rule is for this visitor; nil means that the rule is for everybody.
}

// ApplicableRules returns the rules of the field that apply to this visitor.
func (f Field) ApplicableRules() []AnswerRule {
	return slices.DeleteFunc(slices.Clone(f.Rules), func(r AnswerRule) bool { return r.Applies != nil && !r.Applies() })
}

// JudgeAnswer returns whether the rule holds for an answer. It returns VerdictNone if only submitting the step can decide.
func (r AnswerRule) JudgeAnswer(typed string) AnswerVerdict {
	switch {
	case !r.Holds(typed):
		return VerdictWrong
	case r.IsDecidable != nil && !r.IsDecidable():
		return VerdictNone
	}
	return VerdictRight
}

// Option is a possible answer to a field.
type Option struct {
	Value string    // Value is the answer that is submitted.
	Name  text.Text // Name is the text that the visitor reads.
}

// ChoiceField returns a field that asks for one of the options of f. The visitor may type the number of an option in the list,
// its value or its name.
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

// CheckAnswer returns a text about the mistake in an answer, or nil. Screens use it before the step is submitted.
func (f Field) CheckAnswer(typed string) *text.Text { return f.accept(typed) }

// MaxAnswerLength is the largest number of characters that a field accepts by default.
const MaxAnswerLength = 100

// MaxLength returns the largest number of characters that the field accepts.
func (f Field) MaxLength() int { return cmp.Or(f.MaxCharacters, MaxAnswerLength) }

// accept stores an answer in the field without its invisible characters, or returns a text about the mistake in it. It rejects
// an answer that is too long instead of truncating it, because a truncated address may belong to somebody else.
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
