package credentials

import (
	"strings"
	"testing"

	"loket/flows/fieldtest"
)

// fields returns the fields of this package.
func fields() []fieldtest.FuzzedField {
	var name, chosen, password, fresh string
	kept := func(v *string) func() string { return func() string { return *v } }
	return []fieldtest.FuzzedField{
		{Field: UsernameField(&name), KeptValue: kept(&name), KeptPattern: `^[^\s]$|^[^\s].*[^\s]$`},
		{Field: NewUsernameField(&chosen), KeptValue: kept(&chosen), KeptPattern: `^[A-Za-z0-9._@-]{6,40}$`},
		{Field: passwordField(&password), KeptValue: kept(&password), KeptPattern: `^.+$`},
		{Field: newPasswordFields(&fresh)[0], KeptValue: kept(&fresh), KeptPattern: `^[^\sëé€]{10,30}$`},
	}
}

// TestUsername tests which spellings of a username the field accepts or rejects.
func TestUsername(t *testing.T) {
	var v string
	f := UsernameField(&v)
	for _, typed := range []string{"o.hoeve", "O.Hoeve", " o.hoeve\t"} {
		if why := f.CheckAnswer(typed); why != nil || v != "o.hoeve" {
			t.Errorf("%q: kept %q, %v", typed, v, why)
		}
	}
	for _, typed := range []string{"", "  ", "\u200b"} {
		if f.CheckAnswer(typed) == nil {
			t.Errorf("%q is taken as %q", typed, v)
		}
	}
}

// TestNewUsername tests the rules of a new username.
func TestNewUsername(t *testing.T) {
	var v string
	f := NewUsernameField(&v)
	for typed, ok := range map[string]bool{
		"noor88": true, " Noor.de-Wit_88@example.org ": true, strings.Repeat("a", 40): true,
		"noor8": false, strings.Repeat("a", 41): false, "noor de wit": false, "noorë88": false, "noor/88": false, "": false, "noor\u200888": false,
	} {
		if got := f.CheckAnswer(typed) == nil; got != ok || got && v != strings.TrimSpace(typed) {
			t.Errorf("%q is taken: %v, as %q", typed, got, v)
		}
	}
}

func FuzzFields(f *testing.F) { fieldtest.FuzzFields(f, fields) }
