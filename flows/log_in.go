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

// logInFlow is the state of the flow LogIn: the visitor's answers so far, and the records found with them.
type logInFlow struct {
	visit *flow.Visit
	credentials.Login
	credentials.PasswordChange
	account store.Account
	owner   store.Customer
}

// Outcomes of choosing a new password.
const (
	outcomePasswordStored    flow.Outcome = "stored"
	outcomePasswordUnchanged flow.Outcome = "same as before"
	outcomeTemporaryReplaced flow.Outcome = "temporary password replaced meanwhile"
)

// triedWhileBlockedText tells customers, once they can log in again, that somebody tried to log in while their access was blocked.
var triedWhileBlockedText = text.New("Geprobeerd in te loggen terwijl je toegang geblokkeerd was", "Tried to log in while your access was blocked")

// LogIn lets a customer log in with a username and password (L1). With a temporary password, the customer must first choose a
// new one (L3, F4).
func LogIn(v *flow.Visit) *flow.Flow {
	const (
		askCredentials flow.State = "ask credentials"
		chooseNew      flow.State = "choose new password"
		loggedIn       flow.State = "logged in"
		passwordStored flow.State = "password stored"
	)
	l := &logInFlow{visit: v, Login: credentials.NewLogin(v), PasswordChange: credentials.NewPasswordChange(v)}
	f := &flow.Flow{Name: "log in", Start: askCredentials}
	f.Steps = map[flow.State]flow.Step{
		askCredentials: {
			Title:               text.NewFunc("Inloggen", "Log in"),
			Fields:              l.Login.LoginFields(),
			ThrottleKey:         l.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             l.ComparePassword,
			IsNeutral:           true,
			MinKeys:             store.KeyCounts{Read: 8, Written: 5},
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				account, outcome := l.DecideOutcome(tx)
				l.account, f.AuditCustomer = account, account.Customer
				l.owner, _ = tx.Customer(account.Customer)
				if outcome == credentials.OutcomeRight {
					l.RecordLogin(tx, account)
				}
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				credentials.OutcomeRight:            {To: loggedIn, Verdict: flow.VerdictRight, SkipsDelay: true, LogsIn: true, OnCommit: l.logInOwner, ActivityText: text.New("Ingelogd", "Logged in")},
				credentials.OutcomeTemporaryRight:   {To: chooseNew, SkipsDelay: true, ActivityText: text.New("Ingelogd met een tijdelijk wachtwoord", "Logged in with a temporary password")},
				credentials.OutcomeWrong:            {To: askCredentials, Verdict: flow.VerdictWrong, Note: credentials.WrongLoginNote, ActivityText: text.New("Geprobeerd in te loggen met een verkeerd wachtwoord", "Tried to log in with a wrong password")},
				credentials.OutcomeTemporaryExpired: {To: askCredentials, Note: credentials.TemporaryExpiredNote, ActivityText: text.New("Geprobeerd in te loggen met een verlopen tijdelijk wachtwoord", "Tried to log in with an expired temporary password")},
				credentials.OutcomeCustomerBlocked:  {To: askCredentials, Verdict: flow.VerdictRight, Note: credentials.BlockedNote, ActivityText: triedWhileBlockedText},
				credentials.OutcomePasswordDisabled: {To: askCredentials, Verdict: flow.VerdictWrong, Note: credentials.PasswordOffNote, ActivityText: text.New("Geprobeerd in te loggen; het wachtwoord staat uit", "Tried to log in; the password is off")},
			},
			Offers: []place.ID{place.ForgottenPassword, place.ForgottenUsername, place.Contact},
		},
		chooseNew: {
			Title:   text.NewFunc("Kies een nieuw wachtwoord", "Choose a new password"),
			Body:    text.NewFunc("Je tijdelijke wachtwoord klopt. Kies nu een wachtwoord dat je zelf onthoudt.", "Your temporary password is right. Now choose a password that you will remember."),
			Fields:  l.PasswordChange.NewPasswordFields(credentials.NotWordRule(func() []string { return append(desk.ForbiddenPasswordNames(l.owner), l.account.Username) }), credentials.NotTemporaryRule(&l.Login), l.NotOldPasswordRule(l.hasPassword)),
			Prepare: func(ctx context.Context) error { return l.HashAndCompare(ctx, l.account.PasswordHash) },
			Do:      l.replacePassword,
			Next: map[flow.Outcome]flow.Edge{
				outcomePasswordStored:              {To: passwordStored, LogsIn: true, OnCommit: l.logInOwner, ActivityText: text.New("Nieuw wachtwoord gekozen", "Chose a new password")},
				outcomePasswordUnchanged:           {To: chooseNew, Field: "new", Note: credentials.OldPasswordNote},
				outcomeTemporaryReplaced:           {To: askCredentials, Note: credentials.TemporaryExpiredNote},
				credentials.OutcomeCustomerBlocked: {To: askCredentials, Note: credentials.BlockedNote, ActivityText: triedWhileBlockedText},
			},
		},
		loggedIn: {
			Title:      text.NewFunc("Je bent ingelogd", "You are logged in"),
			Offers:     []place.ID{place.Products},
			AutoSubmit: true,
		},
		passwordStored: {
			Title:  text.NewFunc("Je nieuwe wachtwoord is opgeslagen", "Your new password has been saved"),
			Body:   text.NewFunc("Je bent nu ook ingelogd. Gebruik dit wachtwoord voortaan. Het tijdelijke werkt niet meer.", "You are now logged in too. Use this password from now on. The temporary one no longer works."),
			Offers: []place.ID{place.Products, place.AddProduct},
		},
	}
	return f.Begin(v)
}

// hasPassword reports whether the account had a password before the temporary one.
func (l *logInFlow) hasPassword() bool { return l.account.PasswordHash != "" }

// logInOwner logs the visitor in, after the transaction is committed.
func (l *logInFlow) logInOwner() { l.visit.LogIn(l.account, l.owner, nil) }

// replacePassword stores the new password, provided that the temporary password that was typed is still valid. The customer
// gets a notice, in case somebody else did this.
func (l *logInFlow) replacePassword(tx *store.Tx) (flow.Outcome, error) {
	a, found := tx.Account(l.account.Customer)
	if !found || !l.IsTemporaryValid(tx, a) {
		return outcomeTemporaryReplaced, nil
	}
	if owner, _ := tx.Customer(a.Customer); !owner.IsActive() {
		return credentials.OutcomeCustomerBlocked, nil
	}
	if l.IsUnchanged() {
		return outcomePasswordUnchanged, nil
	}
	l.account = l.PasswordChange.ApplyToAccount(tx, a)
	l.visit.NotifyCustomer(tx, a.Customer, desk.TemplatePasswordChanged, nil)
	return outcomePasswordStored, nil
}
