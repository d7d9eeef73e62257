package flows

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// passwordRules are what a new password must keep to (P1). That it is another
// than the present one is a rule too, but nobody can see that while typing.
var passwordRules = []Rule{
	{text.New("10 tot en met 30 tekens", "10 to 30 characters"), func(s string) bool {
		n := utf8.RuneCountInString(s)
		return 10 <= n && n <= 30
	}},
	{text.New("minstens één cijfer", "at least one digit"), func(s string) bool { return strings.ContainsAny(s, "0123456789") }},
	{text.New("minstens één kleine letter", "at least one lower-case letter"), func(s string) bool { return strings.ContainsFunc(s, isLower) }},
	{text.New("minstens één hoofdletter", "at least one capital letter"), func(s string) bool { return strings.ContainsFunc(s, isCapital) }},
	{text.New("geen spaties", "no spaces"), func(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsSpace) }},
	{text.New("geen euroteken", "no euro sign"), func(s string) bool { return s != "" && !strings.Contains(s, "€") }},
	{text.New("geen letters met een accent (ë)", "no letters with an accent (ë)"), func(s string) bool { return s != "" && !strings.ContainsFunc(s, isAccented) }},
}

func isLower(r rune) bool   { return 'a' <= r && r <= 'z' }
func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

// isAccented holds for each letter that a plain keyboard lacks, and for an
// accent that is typed apart.
func isAccented(r rune) bool {
	return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// newPassword asks for a new password twice. For who has one already, isPresent
// tells what it is known not to be.
func newPassword(v *string, isPresent func(string) bool) []Field {
	rules := passwordRules
	if isPresent != nil {
		rules = append(slices.Clone(rules), Rule{
			text.New("anders dan je huidige wachtwoord", "not your current password"),
			func(s string) bool { return s != "" && !isPresent(s) },
		})
	}
	return []Field{
		{Name: "new", Label: text.New("Nieuw wachtwoord", "New password"), Kind: Secret, Rules: rules, set: func(s string) *text.Text {
			*v = s
			if s == "" {
				return new(text.New("Kies een wachtwoord.", "Choose a password."))
			}
			for _, rule := range rules {
				if !rule.Holds(s) {
					return new(text.New("Let op: "+rule.Says.NL+".", "Please note: "+rule.Says.EN+"."))
				}
			}
			return nil
		}},
		{Name: "again", Label: text.New("Nog een keer", "Once more"), Kind: Secret, set: func(s string) *text.Text {
			switch {
			case s == "":
				return new(text.New("Typ je nieuwe wachtwoord nog een keer.", "Type your new password once more."))
			case s != *v:
				return new(text.New("Dit is niet hetzelfde als hierboven.", "This is not the same as above."))
			}
			return nil
		}},
	}
}

// temporaryLength is how many letters a temporary password has: they are 51 bits.
const temporaryLength = 12

// newTemporary makes a temporary password, XXXX-XXXX-XXXX.
func newTemporary(random io.Reader) (string, error) {
	letters, err := desk.DrawLetters(random, temporaryLength)
	if err != nil {
		return "", fmt.Errorf("make temporary password: %w", err)
	}
	return letters, nil
}

// asTemporary reads a temporary password however it is typed. A password that
// a customer chose is never one, since it has a digit (P1).
func asTemporary(typed string) (temporary string, ok bool) {
	if temporary, ok = desk.ParseLetters(typed, temporaryLength); !ok {
		return typed, false
	}
	return temporary, true
}

// replacement is a new password on its way to an account.
type replacement struct {
	visit   *Visit
	fresh   string
	hash    string // of fresh
	same    bool   // as the account's present password
	refused string // the last one that was the same
}

// prepare hashes the new password, and compares it with the present one if
// there is one.
func (r *replacement) prepare(ctx context.Context, present string) (err error) {
	r.same = false
	if present != "" {
		r.same, err = r.visit.Hasher.Match(ctx, r.fresh, present)
	}
	if r.same {
		r.refused = r.fresh
	}
	if err == nil {
		r.hash, err = r.visit.Hasher.Hash(ctx, r.fresh)
	}
	return err
}

// store gives the account its new password, and wipes what was to be replaced:
// a temporary one, and the wrong answers so far. It ends the visits that began
// with the earlier one.
func (r *replacement) store(tx *store.Tx, a store.Account) store.Account {
	a.PasswordHash, a.Temporary, a.Used = r.hash, store.TemporaryPassword{}, true
	a.Generation++
	a.NewEmail = store.NewEmail{} // asked for by who knew the old one
	tx.PutAccount(a)
	tx.PutAttempts(desk.PasswordKey(a.Username), store.Attempts{})
	return a
}
