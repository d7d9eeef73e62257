package flows

import (
	"context"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// What can come of a username and a password.
const (
	right     Outcome = "right"
	wrong     Outcome = "wrong"
	temporary Outcome = "right, temporary password"
	expired   Outcome = "expired"
	off       Outcome = "password is off after too many wrong ones"
)

// login is a username and a password that somebody typed, and what was found
// of them. Two flows ask for it.
type login struct {
	visit              *Visit
	username, password string

	isTemporary bool   // the password has the form of a temporary one
	hash        string // what it was compared with
	matches     bool
	rehashed    string // the password under the hasher's present settings, if its hash was older
}

func (l *login) asks() []Field { return []Field{username(&l.username), secret(&l.password)} }

// guards is the account whose password is guessed at. For a temporary one that
// is nobody: at 51 bits and a short life it needs no more than the throttles on
// terminal and desk, and so whoever is under attack always has a way in.
func (l *login) guards() string {
	if _, is := asTemporary(l.password); is {
		return ""
	}
	return desk.PasswordKey(l.username)
}

// compare hashes once outside any transaction, and as long for nobody's
// username as for somebody's. What it finds counts for nothing until judge
// lets it.
func (l *login) compare(ctx context.Context) error {
	l.rehashed = ""
	l.password, l.isTemporary = asTemporary(l.password)
	err := l.visit.Store.View(ctx, func(tx *store.Tx) error {
		a, _ := tx.AccountByUsername(l.username)
		l.hash = l.secretOf(a)
		return nil
	})
	if err == nil {
		l.matches, err = l.visit.Hasher.Match(ctx, l.password, l.hash)
	}
	if err == nil && l.hash != "" && l.visit.Hasher.Outdated(l.hash) {
		// Also for a wrong password, or its time would tell which one is right to
		// who guesses side by side and is told by the throttle to wait.
		l.rehashed, err = l.visit.Hasher.Hash(ctx, l.password)
	}
	return err
}

// secretOf is the hash that what was typed must match.
func (l *login) secretOf(a store.Account) string {
	if l.isTemporary {
		return a.Temporary.Hash
	}
	return a.PasswordHash
}

// judge gives the account if username and password are right.
func (l *login) judge(tx *store.Tx) (store.Account, Outcome) {
	a, found := tx.AccountByUsername(l.username)
	switch {
	case !l.isTemporary && tx.Attempts(desk.PasswordKey(l.username), l.visit.Settings.LongestWait).Wrong >= l.visit.Settings.TriesUntilOff:
		return a, off
	case !found, !l.matches, l.hash != l.secretOf(a):
		return a, wrong
	case l.isTemporary && !tx.Now.Before(a.Temporary.Expires):
		return a, expired
	case l.isTemporary:
		return a, temporary
	}
	return a, right
}

// enter lets the account's owner in.
func (l *login) enter(tx *store.Tx, a store.Account) {
	if a.Used && l.rehashed == "" {
		return
	}
	a.Used = true
	if l.rehashed != "" {
		a.PasswordHash = l.rehashed
	}
	tx.PutAccount(a)
}

// Notes that more than one table shows, after a username and a password.
var (
	unknownLogin = text.Fixed(
		"Deze gebruikersnaam en dit wachtwoord kennen we niet samen. Let op hoofdletters en kleine letters.",
		"We do not recognise this username and password together. Check capital and small letters.")
	passwordOff = text.Fixed(
		"Dit wachtwoord is te vaak verkeerd ingevuld en werkt niet meer. Vraag een tijdelijk wachtwoord aan via Wachtwoord vergeten.",
		"This password was typed wrong too often and no longer works. Ask for a temporary password under Forgotten password.")
	temporaryExpired = text.Fixed(
		"Dit tijdelijke wachtwoord is verlopen. Vraag een nieuw aan via Wachtwoord vergeten.",
		"This temporary password has expired. Ask for a new one under Forgotten password.")
)
