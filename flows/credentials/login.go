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

// Outcomes of a username and a password.
const (
	OutcomeRight       flow.Outcome = "right"
	OutcomeWrong       flow.Outcome = "wrong"
	OutcomeTemporary   flow.Outcome = "right, temporary password"
	OutcomeExpired     flow.Outcome = "expired"
	OutcomePasswordOff flow.Outcome = "password is off after too many wrong ones"
	Blocked            flow.Outcome = "right, but the customer is blocked or gone"
)

// Login is a username and a password that the visitor typed, and what Compare found. Two flows
// ask for them.
type Login struct {
	visit              *flow.Visit
	username, password string

	isTemporary bool   // the password has the form of a temporary one
	hash        string // the hash of the account that the password matches; "" without a match
	rehashed    string // a new hash of the password, if that of the account is outdated
}

// NewLogin returns a login without answers.
func NewLogin(v *flow.Visit) Login { return Login{visit: v} }

// Fields asks for username and password.
func (l *Login) Fields() []flow.Field {
	return []flow.Field{UsernameField(&l.username), passwordField(&l.password)}
}

// ThrottleKey returns the key of the account whose password is guessed at. For a temporary
// password it is "": with 51 bits and a short life that needs only the throttles on terminal
// and desk. So the owner of an account under attack can always log in with one.
func (l *Login) ThrottleKey() string {
	if _, is := parseTemporary(l.password); is {
		return ""
	}
	return desk.PasswordThrottleKey(l.username)
}

// Compare compares the password with the hashes of the account, outside any transaction. It
// hashes equally often whether or not the username exists: once, and twice for what has the
// form of a temporary password, because an account can have two of those. Only Judge decides
// what the result means.
func (l *Login) Compare(ctx context.Context) error {
	l.hash, l.rehashed = "", ""
	l.password, l.isTemporary = parseTemporary(l.password)
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
		// A wrong password is hashed as well. Otherwise the time would show which one is right
		// to an attacker who guesses in parallel and is told by the throttle to wait.
		l.rehashed, err = l.visit.Hasher.Hash(ctx, l.password)
	}
	return err
}

// acceptedHashes returns the hashes of the account that the password may match. A hash that the
// account does not have is "".
func (l *Login) acceptedHashes(a store.Account) []string {
	if l.isTemporary {
		return []string{a.Temporary.Hash, a.PreviousTemporary.Hash}
	}
	return []string{a.PasswordHash}
}

// TemporaryWorks reports whether an account still has the temporary password that was typed,
// and that password has not expired.
func (l *Login) TemporaryWorks(tx *store.Tx, a store.Account) bool {
	t, found := a.TemporaryByHash(l.hash)
	return found && tx.Now.Before(t.Expires)
}

// IsPassword reports whether s is the password that was typed.
func (l *Login) IsPassword(s string) bool { return s == l.password }

// Judge returns the account if username and password are right. Whether its owner is blocked
// or gone, nobody hears who does not know the password.
func (l *Login) Judge(tx *store.Tx) (store.Account, flow.Outcome) {
	a, found := tx.AccountByUsername(l.username)
	owner, _ := tx.Customer(a.Customer)
	switch {
	case !l.isTemporary && l.isPasswordOff(tx):
		return a, OutcomePasswordOff
	case !found, l.hash == "", !slices.Contains(l.acceptedHashes(a), l.hash):
		return a, OutcomeWrong
	case l.isTemporary && !l.TemporaryWorks(tx, a):
		return a, OutcomeExpired
	case !owner.IsActive():
		return a, Blocked
	case !l.isTemporary:
		return a, OutcomeRight
	}
	return a, OutcomeTemporary
}

// isPasswordOff reports whether there were too many wrong passwords, at all terminals or at this one.
func (l *Login) isPasswordOff(tx *store.Tx) bool {
	s := l.visit.Settings
	wrong := tx.WrongAttempts(desk.PasswordThrottleKey(l.username), s.LongestWait)
	return wrong.Wrong >= s.TriesUntilOff || wrong.PerTerminal[l.visit.Terminal].Wrong >= s.TriesHere
}

// MarkUsed notes that the owner logged in, and stores the new hash if there is one.
func (l *Login) MarkUsed(tx *store.Tx, a store.Account) {
	if a.HasLoggedIn && l.rehashed == "" {
		return
	}
	a.HasLoggedIn = true
	if l.rehashed != "" {
		a.PasswordHash = l.rehashed
	}
	tx.PutAccount(a)
}

// Notes after a username and a password, for several tables.
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

// UsernameField asks for the username of an account.
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

// passwordField asks for the password of an account. It trims spaces, which come with a paste from an
// e-mail or a password manager: no password has a space (P1).
func passwordField(v *string) flow.Field {
	return flow.Field{Name: "password", Label: text.New("Wachtwoord", "Password"), Kind: flow.KindSecret, Help: passwordHelp, Accept: func(s string) *text.Text {
		if s = strings.TrimSpace(s); s == "" {
			return new(text.New("Vul je wachtwoord in.", "Fill in your password."))
		}
		*v = s
		return nil
	}}
}
