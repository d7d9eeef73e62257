package credentials

import (
	"context"
	"slices"
	"strings"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of checking a username and a password.
const (
	OutcomeRight            flow.Outcome = "right"
	OutcomeWrong            flow.Outcome = "wrong"
	OutcomeTemporaryRight   flow.Outcome = "right, temporary password"
	OutcomeTemporaryExpired flow.Outcome = "expired"
	OutcomePasswordDisabled flow.Outcome = "password is off after too many wrong ones"
	OutcomeCustomerBlocked  flow.Outcome = "right, but the customer is blocked or gone"
)

// Login is a username and a password that the visitor typed, with the result of comparing the password.
type Login struct {
	visit              *flow.Visit
	username, password string

	isTemporary bool   // isTemporary means that the password has the form of a temporary password.
	hash        string // hash is the account's hash that the password matches; "" if none matches.
	newHash     string // newHash is a new hash of the password; "" if the account's hash is up to date.
}

// NewLogin returns an empty login for a visit.
func NewLogin(v *flow.Visit) Login { return Login{visit: v} }

// LoginFields returns the fields that ask for a username and a password.
func (l *Login) LoginFields() []flow.Field {
	return []flow.Field{UsernameField(&l.username), passwordField(&l.password)}
}

// ThrottleKey returns the key that counts wrong passwords for the username. For a temporary password it returns "": a
// temporary password has 51 random bits and expires soon, so the throttles of the terminal and of the whole desk suffice. So
// the owner of an account under attack can always log in with a temporary password.
func (l *Login) ThrottleKey() string {
	if _, is := parseTemporaryPassword(l.password); is {
		return ""
	}
	return desk.PasswordThrottleKey(l.username)
}

// ComparePassword compares the password with the hashes of the account, outside any transaction. The number of hashes does not depend
// on whether the username exists: it is one for an ordinary password, and two for a temporary one, because an account can have
// two temporary passwords. Only DecideOutcome decides on the outcome.
func (l *Login) ComparePassword(ctx context.Context) error {
	l.hash, l.newHash = "", ""
	l.password, l.isTemporary = parseTemporaryPassword(l.password)
	var hashes []string
	err := l.visit.Store.View(ctx, func(tx *store.Tx) error {
		a, _ := tx.AccountByUsername(l.username)
		hashes = l.acceptedHashes(a)
		return nil
	})
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		matches, err := l.visit.Hasher.Match(ctx, l.password, hash)
		if err != nil {
			return err
		}
		if matches {
			l.hash = hash
		}
	}
	if !l.isTemporary && hashes[0] != "" && l.visit.Hasher.Outdated(hashes[0]) {
		// A wrong password is hashed too. Otherwise an attacker who guesses in parallel could recognise the right password by
		// the response time, even while the throttle refuses all answers.
		l.newHash, err = l.visit.Hasher.Hash(ctx, l.password)
	}
	return err
}

// acceptedHashes returns the account's hashes that the password may match. A hash is "" if the account does not have it.
func (l *Login) acceptedHashes(a store.Account) []string {
	if l.isTemporary {
		return []string{a.Temporary.Hash, a.PreviousTemporary.Hash}
	}
	return []string{a.PasswordHash}
}

// IsTemporaryValid reports whether the temporary password that was typed still belongs to the account and has not expired.
func (l *Login) IsTemporaryValid(tx *store.Tx, a store.Account) bool {
	t, found := a.FindTemporaryByHash(l.hash)
	return found && tx.Now.Before(t.Expires)
}

// EqualsTypedPassword reports whether s equals the password that was typed.
func (l *Login) EqualsTypedPassword(s string) bool { return s == l.password }

// DecideOutcome returns the account and the outcome of the login. It reveals that the owner is blocked or gone only if the password is
// right.
func (l *Login) DecideOutcome(tx *store.Tx) (store.Account, flow.Outcome) {
	a, found := tx.AccountByUsername(l.username)
	owner, _ := tx.Customer(a.Customer)
	switch {
	case !l.isTemporary && l.isPasswordDisabled(tx):
		return a, OutcomePasswordDisabled
	case !found, l.hash == "", !slices.Contains(l.acceptedHashes(a), l.hash):
		return a, OutcomeWrong
	case l.isTemporary && !l.IsTemporaryValid(tx, a):
		return a, OutcomeTemporaryExpired
	case !owner.IsActive():
		return a, OutcomeCustomerBlocked
	case !l.isTemporary:
		return a, OutcomeRight
	}
	return a, OutcomeTemporaryRight
}

// isPasswordDisabled reports whether the password no longer works, because it was typed wrong too often at this terminal or at all
// terminals together.
func (l *Login) isPasswordDisabled(tx *store.Tx) bool {
	s := l.visit.Settings
	wrong := tx.WrongAttempts(desk.PasswordThrottleKey(l.username), s.LongestWait)
	return wrong.Wrong >= s.TriesUntilOff || wrong.PerTerminal[l.visit.Terminal].Wrong >= s.TriesHere
}

// RecordLogin records that the owner has logged in, and stores the new hash of the password if there is one.
func (l *Login) RecordLogin(tx *store.Tx, a store.Account) {
	if a.HasLoggedIn && l.newHash == "" {
		return
	}
	a.HasLoggedIn = true
	if l.newHash != "" {
		a.PasswordHash = l.newHash
	}
	tx.PutAccount(a)
}

// Notes that several flows show after a username and a password were submitted.
var (
	WrongLoginNote = text.NewFunc(
		"Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let op hoofdletters en kleine letters.",
		"This username and password do not belong together. Check capital and small letters.")
	PasswordOffNote = text.NewFunc(
		"Dit wachtwoord is te vaak verkeerd ingevuld en werkt hier niet meer. Vraag een tijdelijk wachtwoord aan via Wachtwoord vergeten.",
		"This password was typed wrong too often and no longer works here. Ask for a temporary password under Forgotten password.")
	BlockedNote = text.NewFunc(
		"Je kunt nu niet inloggen. Neem contact met ons op.",
		"You cannot log in at the moment. Please contact us.")
	TemporaryExpiredNote = text.NewFunc(
		"Dit tijdelijke wachtwoord is verlopen. Vraag een nieuw aan via Wachtwoord vergeten.",
		"This temporary password has expired. Ask for a new one under Forgotten password.")
)

var (
	usernameHelp = text.New("De naam die je zelf koos toen je je account activeerde. Hoofdletters en kleine letters maken niet uit.", "The name that you chose when you activated your account. Capital and small letters make no difference.")
	passwordHelp = text.New("Hoofdletters en kleine letters maken hier wel uit. Je mag ook een tijdelijk wachtwoord invullen, als je er een van ons kreeg.", "Capital and small letters matter here. You may also fill in a temporary password, if you got one from us.")
)

// UsernameField asks for the username of an existing account.
func UsernameField(v *string) flow.Field {
	return flow.Field{Name: "username", Label: text.New("Gebruikersnaam", "Username"), Help: usernameHelp, Accept: func(s string) *text.Text {
		username, ok := desk.ParseUsername(s)
		switch {
		case username == "":
			return new(text.New("Vul je gebruikersnaam in.", "Fill in your username."))
		case !ok:
			return new(text.New("In een gebruikersnaam staan geen spaties. Kijk nog eens.", "A username has no spaces. Please check."))
		}
		*v = strings.ToLower(username)
		return nil
	}}
}

// passwordField asks for the password of an existing account. It trims spaces, which pasting from an e-mail or a password
// manager may add. A password never contains spaces (P1).
func passwordField(v *string) flow.Field {
	return flow.Field{Name: "password", Label: text.New("Wachtwoord", "Password"), Kind: flow.KindSecret, Help: passwordHelp, Accept: func(s string) *text.Text {
		if s = strings.TrimSpace(s); s == "" {
			return new(text.New("Vul je wachtwoord in.", "Fill in your password."))
		}
		*v = s
		return nil
	}}
}

// parseTemporaryPassword parses a temporary password, in any case and grouping. A password that a customer chose never has this form,
// because it contains a digit (P1).
func parseTemporaryPassword(typed string) (temporary string, ok bool) {
	if temporary, ok = desk.ParseLetterCode(typed, desk.TemporaryPasswordLength); !ok {
		return typed, false
	}
	return temporary, true
}
