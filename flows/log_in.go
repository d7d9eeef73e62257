package flows

import (
	"context"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// logIn holds the answers of the visitor so far, and the records that they led to.
type logIn struct {
	visit *flow.Visit
	credentials.Login
	credentials.PasswordChange
	account store.Account
	owner   store.Customer
}

// Outcomes of choosing a new password.
const (
	stored            flow.Outcome = "stored"
	unchanged         flow.Outcome = "same as before"
	temporaryReplaced flow.Outcome = "temporary password replaced meanwhile"
)

// triedBlocked is what a customer is told of it once they may log in again.
var triedBlocked = text.New("Geprobeerd in te loggen terwijl je toegang geblokkeerd was", "Tried to log in while your access was blocked")

// LogIn lets a customer in by username and password (L1). A temporary password
// only lets its owner choose a new one (L3, F4).
func LogIn(v *flow.Visit) *flow.Flow {
	const (
		askCredentials flow.State = "ask credentials"
		chooseNew      flow.State = "choose new password"
		loggedIn       flow.State = "logged in"
		passwordStored flow.State = "password stored"
	)
	l := &logIn{visit: v, Login: credentials.NewLogin(v), PasswordChange: credentials.NewPasswordChange(v)}
	f := &flow.Flow{Name: "log in", Start: askCredentials}
	f.Steps = map[flow.State]flow.Step{
		askCredentials: {
			Title:       text.Fixed("Inloggen", "Log in"),
			Fields:      l.Login.Fields(),
			ThrottleKey: l.ThrottleKey,
			PerTerminal: true,
			Prepare:     l.Compare,
			Neutral:     true,
			Keys:        store.Keys{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				account, outcome := l.Judge(tx)
				l.account, f.About = account, account.Customer
				l.owner, _ = tx.Customer(account.Customer)
				if outcome == credentials.Right {
					l.MarkUsed(tx, account)
				}
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				credentials.Right:     {To: loggedIn, Verdict: flow.Right, AtOnce: true, OnCommit: l.logInOwner, Told: text.New("Ingelogd", "Logged in")},
				credentials.Temporary: {To: chooseNew, AtOnce: true, Told: text.New("Ingelogd met een tijdelijk wachtwoord", "Logged in with a temporary password")},
				credentials.Wrong:     {To: askCredentials, Verdict: flow.Wrong, Note: credentials.UnknownNote, Told: text.New("Geprobeerd in te loggen met een verkeerd wachtwoord", "Tried to log in with a wrong password")},
				credentials.Expired:   {To: askCredentials, Note: credentials.ExpiredNote, Told: text.New("Geprobeerd in te loggen met een verlopen tijdelijk wachtwoord", "Tried to log in with an expired temporary password")},
				credentials.Blocked:   {To: askCredentials, Verdict: flow.Right, Note: credentials.BlockedNote, Told: triedBlocked},
				credentials.Off:       {To: askCredentials, Verdict: flow.Wrong, Note: credentials.OffNote, Told: text.New("Geprobeerd in te loggen; het wachtwoord staat uit", "Tried to log in; the password is off")},
			},
			Offers: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		chooseNew: {
			Title:   text.Fixed("Kies een nieuw wachtwoord", "Choose a new password"),
			Body:    text.Fixed("Je tijdelijke wachtwoord klopt. Kies nu een wachtwoord dat je zelf onthoudt.", "Your temporary password is right. Now choose a password that you will remember."),
			Fields:  l.PasswordChange.Fields(credentials.NotName(func() []string { return append(desk.NamesOf(l.owner), l.account.Username) }), credentials.NotTemporary(&l.Login), l.NotOld(l.hasPassword)),
			Prepare: func(ctx context.Context) error { return l.Prepare(ctx, l.account.PasswordHash) },
			Do:      l.replacePassword,
			Next: map[flow.Outcome]flow.Edge{
				stored:              {To: passwordStored, OnCommit: l.logInOwner, Told: text.New("Nieuw wachtwoord gekozen", "Chose a new password")},
				unchanged:           {To: chooseNew, Field: "new", Note: credentials.OldNote},
				temporaryReplaced:   {To: askCredentials, Note: credentials.ExpiredNote},
				credentials.Blocked: {To: askCredentials, Note: credentials.BlockedNote, Told: triedBlocked},
			},
		},
		loggedIn: {
			Title:      text.Fixed("Je bent ingelogd", "You are logged in"),
			Offers:     []place.ID{place.Products},
			AutoSubmit: true,
		},
		passwordStored: {
			Title:  text.Fixed("Je nieuwe wachtwoord is opgeslagen", "Your new password has been saved"),
			Body:   text.Fixed("Je bent nu ook ingelogd. Gebruik dit wachtwoord voortaan. Het tijdelijke werkt niet meer.", "You are now logged in too. Use this password from now on. The temporary one no longer works."),
			Offers: []place.ID{place.Products, place.AddProduct},
		},
	}
	return f.Begin(v)
}

// hasPassword reports whether the account had a password before the temporary one.
func (l *logIn) hasPassword() bool { return l.account.PasswordHash != "" }

// logInOwner logs the visitor in, after the transaction is committed.
func (l *logIn) logInOwner() { l.visit.LogIn(l.account, l.owner, nil) }

// replacePassword stores the new password, if the temporary one that was typed still works.
// The customer gets a notice, in case somebody else did it.
func (l *logIn) replacePassword(tx *store.Tx) (flow.Outcome, error) {
	a, found := tx.Account(l.account.Customer)
	if !found || !l.TemporaryWorks(tx, a) {
		return temporaryReplaced, nil
	}
	if owner, _ := tx.Customer(a.Customer); !owner.IsActive() {
		return credentials.Blocked, nil
	}
	if l.Same() {
		return unchanged, nil
	}
	l.account = l.PasswordChange.Apply(tx, a)
	l.visit.NotifyCustomer(tx, a.Customer, desk.PasswordChanged, nil)
	return stored, nil
}
