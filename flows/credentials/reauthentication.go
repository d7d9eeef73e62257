package credentials

import (
	"context"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// Reauthentication asks a logged-in customer for the present password again. It precedes each change with which a stranger at
// an unattended terminal could take over the account (OWASP ASVS 6.2.3, 7.5.1).
type Reauthentication struct{ Login }

// Reauthenticate returns an empty reauthentication for a visit.
func Reauthenticate(v *flow.Visit) Reauthentication { return Reauthentication{NewLogin(v)} }

// CurrentPasswordField returns the field that asks for the present password.
func (p *Reauthentication) CurrentPasswordField() flow.Field {
	f := passwordField(&p.password)
	f.Label = text.New("Je huidige wachtwoord", "Your current password")
	f.Help = text.New("Het wachtwoord waarmee je inlogt. Zo weten we zeker dat jij het bent.", "The password that you log in with. So we can be sure that it is you.")
	return f
}

// ThrottleKey returns the key that counts wrong passwords for the account, even if the answer has the form of a temporary
// password.
func (p *Reauthentication) ThrottleKey() string { return desk.PasswordThrottleKey(p.username) }

// ComparePassword compares the answer with the account's password.
func (p *Reauthentication) ComparePassword(ctx context.Context) error {
	err := p.visit.Store.View(ctx, func(tx *store.Tx) error {
		a, _ := tx.Account(p.visit.Customer())
		p.username = a.Username
		return nil
	})
	if err != nil {
		return err
	}
	return p.Login.ComparePassword(ctx)
}

// DecideOutcome returns the account and the outcome of the reauthentication. A temporary password counts as wrong.
func (p *Reauthentication) DecideOutcome(tx *store.Tx) (store.Account, flow.Outcome) {
	a, outcome := p.Login.DecideOutcome(tx)
	if outcome != OutcomePasswordDisabled && (outcome != OutcomeRight || a.Customer != p.visit.Customer()) {
		outcome = OutcomeWrong
	}
	return a, outcome
}

// AddWrongPasswordEdges adds edges for a wrong password, which lead back to the step here. told is the text about it in the
// customer's recent activity.
func AddWrongPasswordEdges(here flow.State, told text.Text, next map[flow.Outcome]flow.Edge) map[flow.Outcome]flow.Edge {
	next[OutcomeWrong] = flow.Edge{To: here, Verdict: flow.VerdictWrong, ActivityText: told, Field: "password", Note: text.NewFunc("Dit is niet je huidige wachtwoord. Let op hoofdletters en kleine letters.", "This is not your current password. Check capital and small letters.")}
	next[OutcomePasswordDisabled] = flow.Edge{To: here, Verdict: flow.VerdictWrong, Note: PasswordOffNote}
	return next
}
