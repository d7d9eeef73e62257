package credentials

import (
	"regexp"
	"strings"
	"testing"

	"loket/flows/flow"
	"loket/flows/text"
)

// field is one that is asked for somewhere, with what it keeps of an answer.
type field struct {
	flow.Field
	kept func() string
	form string // of whatever is kept
}

func fields() []field {
	var name, chosen, password, fresh string
	kept := func(v *string) func() string { return func() string { return *v } }
	return []field{
		{Username(&name), kept(&name), `^[^\s]$|^[^\s].*[^\s]$`},
		{NewUsername(&chosen), kept(&chosen), `^[A-Za-z0-9._@-]{6,40}$`},
		{secret(&password), kept(&password), `^.+$`},
		{newPassword(&fresh)[0], kept(&fresh), `^[^\sëé€]{10,30}$`},
	}
}

// TestUsername: the same, however it is typed; and what cannot be.
func TestUsername(t *testing.T) {
	var v string
	f := Username(&v)
	for _, typed := range []string{"o.hoeve", "O.Hoeve", " o.hoeve\t"} {
		if why := f.Problem(typed); why != nil || v != "o.hoeve" {
			t.Errorf("%q: kept %q, %v", typed, v, why)
		}
	}
	for _, typed := range []string{"", "  ", "\u200b"} {
		if f.Problem(typed) == nil {
			t.Errorf("%q is taken as %q", typed, v)
		}
	}
}

// TestNewUsername holds the rules of a username that is chosen here.
func TestNewUsername(t *testing.T) {
	var v string
	f := NewUsername(&v)
	for typed, ok := range map[string]bool{
		"noor88": true, " Noor.de-Wit_88@example.org ": true, strings.Repeat("a", 40): true,
		"noor8": false, strings.Repeat("a", 41): false, "noor de wit": false, "noorë88": false, "noor/88": false, "": false, "noor\u200888": false,
	} {
		if got := f.Problem(typed) == nil; got != ok || got && v != strings.TrimSpace(typed) {
			t.Errorf("%q is taken: %v, as %q", typed, got, v)
		}
	}
}

// FuzzFields: whatever is typed, a field keeps something well-formed or says in
// both languages what is wrong, and takes back what it kept.
func FuzzFields(f *testing.F) {
	for _, typed := range []string{"", "ohoeve", "Goed-gekozen1", "\x1b[2J", "\u202e1234", "é"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, field := range fields() {
			if why := field.Problem(typed); why != nil {
				if why.NL == "" || why.EN == "" {
					t.Errorf("%s: %q is refused without a word", field.Name, typed)
				}
				continue
			}
			kept := field.kept()
			if !regexp.MustCompile(field.form).MatchString(kept) || text.Visible(kept, "") != kept {
				t.Errorf("%s: %q is kept as %q", field.Name, typed, kept)
			}
			if why := field.Problem(kept); why != nil || field.kept() != kept {
				t.Errorf("%s: %q is kept as %q, but that as %q, %v", field.Name, typed, kept, field.kept(), why)
			}
		}
	})
}
