// Package fieldtest fuzzes the fields of forms: it types arbitrary text, and checks the values that the fields store.
package fieldtest

import (
	"regexp"
	"testing"

	"loket/flows/flow"
	"loket/flows/text"
)

// A FuzzedField is a field of a form together with the value that it stores.
type FuzzedField struct {
	flow.Field
	KeptValue   func() string
	KeptPattern string // KeptPattern is a regular expression that every stored value must match.
}

// FuzzFields types arbitrary text into new fields. Each field must either store a value that matches KeptPattern, or return a
// message in both languages. A field must also accept the value that it stored.
func FuzzFields(f *testing.F, fields func() []FuzzedField, typed ...string) {
	for _, typed := range append(typed, "", "ohoeve", "Goed-gekozen1", "\x1b[2J", "\u202e1234", "é") {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, field := range fields() {
			if why := field.CheckAnswer(typed); why != nil {
				if why.NL == "" || why.EN == "" {
					t.Errorf("%s: %q is refused without a word", field.Name, typed)
				}
				continue
			}
			kept := field.KeptValue()
			if !regexp.MustCompile(field.KeptPattern).MatchString(kept) || text.StripControl(kept, "") != kept {
				t.Errorf("%s: %q is kept as %q", field.Name, typed, kept)
			}
			if why := field.CheckAnswer(kept); why != nil || field.KeptValue() != kept {
				t.Errorf("%s: %q is kept as %q, but that as %q, %v", field.Name, typed, kept, field.KeptValue(), why)
			}
		}
	})
}
