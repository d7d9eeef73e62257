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

// Kind tells the screen how to draw a field.
type Kind int

const (
	Line       Kind = iota
	Secret          // not shown, unless the visitor asks
	Digits          // a number that works once, so that nobody needs it in another flow
	Choice          // one of Options
	Signature       // made by a phone, with a passkey: what a browser answers to Request
	NewPasskey      // made by a phone, in the same way
)

// Field is one thing a step asks for. Its name is unique within the step.
type Field struct {
	Name    string
	Label   text.Text
	Example string // shown while the field is empty
	Hint    func() text.Text
	Help    text.Text // where the answer is found, or how to choose one, for whoever asks for help
	Kind    Kind
	Rules   []Rule   // what a new secret must keep to, shown while typing
	Options []Option // of a Choice
	Present string   // the answer that stands there to begin with; for a Choice the value of an option

	// Remark points out what may be wrong with an answer that is taken all the same, whoever's it
	// is; nil if there is nothing to say. It may be nil.
	Remark func(typed string) *text.Text

	Request func() (options string, err error) // of what a phone is to make, for its browser; nil if nobody waits for it

	Limit  int                     // characters; 0 for LongestAnswer
	Accept func(string) *text.Text // stores a good answer, or says what is wrong
}

// Rule is something that an answer must keep to. Each turns right or wrong by
// itself while the visitor types (P1).
type Rule struct {
	Text  text.Text
	Mend  text.Text // what to do if it does not hold
	Holds func(typed string) bool
	Known func() bool // whether it can be known before the step is submitted; nil if it always can

	Applies func() bool // whether it is for this visitor; nil if it is for everybody
}

// AppliedRules returns the rules of the field that are for this visitor.
func (f Field) AppliedRules() []Rule {
	return slices.DeleteFunc(slices.Clone(f.Rules), func(r Rule) bool { return r.Applies != nil && !r.Applies() })
}

// Verdict returns what can be said of an answer: Wrong or Right, or Undecided where only
// submitting it can tell.
func (r Rule) Verdict(typed string) Verdict {
	switch {
	case !r.Holds(typed):
		return Wrong
	case r.Known != nil && !r.Known():
		return Undecided
	}
	return Right
}

// Option is one answer to a Choice.
type Option struct {
	Value string    // the answer
	Name  text.Text // what the visitor reads
}

// ChoiceField asks for one of some options. Whoever types may give its number in the
// list, its value or its name.
func ChoiceField(v *string, f Field) Field {
	f.Kind = Choice
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

// Problem is what is wrong with an answer, or nil. It is for a screen that
// wants to say so before the whole step is submitted.
func (f Field) Problem(typed string) *text.Text { return f.accept(typed) }

// MaxAnswerLength is the most characters that a field takes, unless it says otherwise.
const MaxAnswerLength = 100

// MaxLength is the most characters that the field takes.
func (f Field) MaxLength() int { return cmp.Or(f.Limit, MaxAnswerLength) }

// accept gives an answer to the field, whoever sent it, or says what is wrong with
// it. What cannot be seen in it does not count. One that is too long is refused,
// because what is left of an address that is cut may be somebody else's.
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
