package credentials

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// PasswordRules are the rules for every new password (P1). Two more rules depend on the customer: the password must not be a
// common word or name, and must differ from the present password.
var PasswordRules = []flow.AnswerRule{
	{Text: text.New("10 tot en met 30 tekens", "10 to 30 characters"), Correction: text.New("Neem 10 tot en met 30 tekens.", "Use 10 to 30 characters."), Holds: func(s string) bool {
		n := utf8.RuneCountInString(s)
		return 10 <= n && n <= 30
	}},
	{Text: text.New("minstens één cijfer", "at least one digit"), Correction: text.New("Er moet nog een cijfer in.", "It still needs a digit."), Holds: func(s string) bool { return strings.ContainsAny(s, "0123456789") }},
	{Text: text.New("minstens één kleine letter", "at least one lower-case letter"), Correction: text.New("Er moet nog een kleine letter in.", "It still needs a lower-case letter."), Holds: func(s string) bool { return strings.ContainsFunc(s, isLower) }},
	{Text: text.New("minstens één hoofdletter", "at least one capital letter"), Correction: text.New("Er moet nog een hoofdletter in.", "It still needs a capital letter."), Holds: func(s string) bool { return strings.ContainsFunc(s, isCapital) }},
	{Text: text.New("geen spaties", "no spaces"), Correction: text.New("Haal de spaties weg.", "Take out the spaces."), Holds: func(s string) bool { return s != "" && !strings.ContainsFunc(s, unicode.IsSpace) }},
	{Text: text.New("geen euroteken", "no euro sign"), Correction: text.New("Haal het euroteken weg.", "Take out the euro sign."), Holds: func(s string) bool { return s != "" && !strings.Contains(s, "€") }},
	{Text: text.New("geen letters met een accent (ë)", "no letters with an accent (ë)"), Correction: text.New("Gebruik geen letters met een accent, zoals ë.", "Use no letters with an accent, such as ë."), Holds: func(s string) bool { return s != "" && !strings.ContainsFunc(s, isAccented) }},
}

func isLower(r rune) bool   { return 'a' <= r && r <= 'z' }
func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

// isAccented reports whether r is a letter that a plain keyboard lacks, or a combining accent.
func isAccented(r rune) bool {
	return r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsMark(r))
}

var (
	newPasswordHelp    = text.New("Neem bijvoorbeeld een paar woorden die niet bij elkaar horen, met een cijfer en een hoofdletter erin. Gebruik het nergens anders.", "Take a few words that do not belong together, for instance, with a digit and a capital in them. Use it nowhere else.")
	repeatPasswordHelp = text.New("Precies hetzelfde als in het veld erboven, voor het geval je je daar vertypte.", "Exactly the same as in the field above, in case you mistyped there.")
)

// newPasswordFields returns two fields for a new password, which must match. The password must follow PasswordRules and the
// additional rules.
func newPasswordFields(v *string, more ...flow.AnswerRule) []flow.Field {
	rules := slices.Concat(PasswordRules, more)
	return []flow.Field{
		{Name: "new", Label: text.New("Nieuw wachtwoord", "New password"), Kind: flow.KindSecret, Rules: rules, Help: newPasswordHelp, Accept: func(s string) *text.Text {
			*v = s
			if s == "" {
				return new(text.New("Kies een wachtwoord.", "Choose a password."))
			}
			for _, rule := range rules {
				if !rule.Holds(s) {
					return &rule.Correction
				}
			}
			return nil
		}},
		{Name: "again", Label: text.New("Nog een keer", "Once more"), Kind: flow.KindSecret, Help: repeatPasswordHelp, Accept: func(s string) *text.Text {
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

// PasswordChange is a new password that will replace an account's password.
type PasswordChange struct {
	visit            *flow.Visit
	newPassword      string
	hash             string // hash is the hash of the new password.
	isUnchanged      bool   // isUnchanged means that the new password equals the present one.
	rejectedPassword string // rejectedPassword is the last password that was refused because it equals the present one.
}

// NewPasswordChange returns an empty password change for a visit.
func NewPasswordChange(v *flow.Visit) PasswordChange { return PasswordChange{visit: v} }

// NewPasswordFields returns two fields for the new password. The password must follow PasswordRules and the additional rules.
func (r *PasswordChange) NewPasswordFields(more ...flow.AnswerRule) []flow.Field {
	return newPasswordFields(&r.newPassword, more...)
}

// Corrections for a new password that equals the customer's present password.
var (
	chooseAnotherText = text.New("Kies een ander wachtwoord dan je nu hebt.", "Choose another password than you have now.")
	oldPasswordText   = text.New("Dit is je oude wachtwoord. Kies een ander.", "This is your old password. Choose another one.")
)

// NotWordRule returns the rule that the new password must be more than a common word, or one of the names, with digits and
// signs.
func NotWordRule(names func() []string) flow.AnswerRule {
	return flow.AnswerRule{
		Text:       text.New("meer dan een bekend woord of naam", "more than a common word or name"),
		Correction: text.New("Kies meer dan een bekend woord of je naam met cijfers en tekens.", "Choose more than a common word or your name with digits and signs."),
		Holds:      func(s string) bool { return s != "" && !isKnownWord(s, names()) },
	}
}

// NotCurrentPasswordRule returns the rule that the new password must differ from the password that was typed as the present one. The
// rule does not check whether that password is right.
func NotCurrentPasswordRule(l *Login) flow.AnswerRule {
	return flow.AnswerRule{
		Text: text.New("anders dan je huidige wachtwoord", "not your current password"), Correction: chooseAnotherText,
		Holds:       func(s string) bool { return s != "" && !l.EqualsTypedPassword(s) },
		IsDecidable: func() bool { return l.password != "" },
	}
}

// NotTemporaryRule returns the rule that the new password must differ from the temporary password that was just typed.
func NotTemporaryRule(l *Login) flow.AnswerRule {
	return flow.AnswerRule{
		Text: text.New("anders dan je tijdelijke wachtwoord", "not your temporary password"), Correction: chooseAnotherText,
		Holds: func(s string) bool { return s != "" && !l.EqualsTypedPassword(s) },
	}
}

// NotOldPasswordRule returns the rule that the new password must differ from the password that the account had before the temporary
// one. The rule can be decided only after the new password is submitted. hasOld reports whether the account had a password
// before.
func (r *PasswordChange) NotOldPasswordRule(hasOld func() bool) flow.AnswerRule {
	return flow.AnswerRule{
		Text: text.New("anders dan je oude wachtwoord", "not your old password"), Correction: oldPasswordText,
		Holds:       func(s string) bool { return s != "" && s != r.rejectedPassword },
		IsDecidable: func() bool { return false }, Applies: hasOld,
	}
}

// OldPasswordNote tells the customer that the new password equals the old one.
var OldPasswordNote = text.TextFunc(oldPasswordText)

// IsUnchanged reports whether the new password equals the present one.
func (r *PasswordChange) IsUnchanged() bool { return r.isUnchanged }

// NewPasswordHash returns the hash of the new password, for the store.
func (r *PasswordChange) NewPasswordHash() string { return r.hash }

// HashAndCompare hashes the new password, and compares it with the hash of the present password. present is "" if the account has no
// password.
func (r *PasswordChange) HashAndCompare(ctx context.Context, present string) (err error) {
	r.isUnchanged = false
	if present != "" {
		r.isUnchanged, err = r.visit.Hasher.Match(ctx, r.newPassword, present)
	}
	if r.isUnchanged {
		r.rejectedPassword = r.newPassword
	}
	if err == nil {
		r.hash, err = r.visit.Hasher.Hash(ctx, r.newPassword)
	}
	return err
}

// ApplyToAccount sets the new password of the account. It removes the account's temporary passwords and its count of wrong passwords,
// and ends the visits that began with the old password.
func (r *PasswordChange) ApplyToAccount(tx *store.Tx, a store.Account) store.Account {
	a.PasswordHash, a.HasLoggedIn = r.hash, true
	a.Temporary, a.PreviousTemporary = store.TemporaryPassword{}, store.TemporaryPassword{}
	a.PasswordGeneration++
	a.NewEmail = store.NewEmail{} // The pending e-mail address is dropped, because it was requested with the old password.
	tx.PutAccount(a)
	tx.PutAttempts(desk.PasswordThrottleKey(a.Username), store.Attempts{})
	return a
}
