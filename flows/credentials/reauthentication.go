package credentials

import (
	"context"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// Reauthentication asks the customer who is logged in for the present password. It stands
// before a change by which a stranger who finds the terminal could take over the account
// (OWASP ASVS 6.2.3, 7.5.1).
type Reauthentication struct{ Login }

// Reauthenticate returns a reauthentication without an answer.
func Reauthenticate(v *flow.Visit) Reauthentication { return Reauthentication{NewLogin(v)} }

// Field asks for the password.
func (p *Reauthentication) Field() flow.Field {
	f := passwordField(&p.password)
	f.Label = text.New("Je huidige wachtwoord", "Your current password")
	f.Help = text.New("Het wachtwoord waarmee je inlogt. Zo weten we zeker dat jij het bent.", "The password that you log in with. So we can be sure that it is you.")
	return f
}

// ThrottleKey returns the key of the account whose password is guessed at, also for an answer
// in the form of a temporary password.
func (p *Reauthentication) ThrottleKey() string { return desk.PasswordThrottleKey(p.username) }

// Compare compares the answer with the password of the account.
func (p *Reauthentication) Compare(ctx context.Context) error {
	err := p.visit.Store.View(ctx, func(tx *store.Tx) error {
		a, _ := tx.Account(p.visit.Customer())
		p.username = a.Username
		return nil
	})
	if err != nil {
		return err
	}
	return p.Login.Compare(ctx)
}

// Judge returns the account if the password is right. A temporary password counts as wrong.
func (p *Reauthentication) Judge(tx *store.Tx) (store.Account, flow.Outcome) {
	a, outcome := p.Login.Judge(tx)
	if outcome != OutcomePasswordOff && (outcome != OutcomeRight || a.Customer != p.visit.Customer()) {
		outcome = OutcomeWrong
	}
	return a, outcome
}

// AddWrongPasswordEdges adds the edges of a wrong password, which lead back to the step that asked
// for it. told is what the customer reads about it in their recent activity.
func AddWrongPasswordEdges(here flow.State, told text.Text, next map[flow.Outcome]flow.Edge) map[flow.Outcome]flow.Edge {
	next[OutcomeWrong] = flow.Edge{To: here, Verdict: flow.VerdictWrong, ActivityText: told, Field: "password", Note: text.NewFunc("Dit is niet je huidige wachtwoord. Let op hoofdletters en kleine letters.", "This is not your current password. Check capital and small letters.")}
	next[OutcomePasswordOff] = flow.Edge{To: here, Verdict: flow.VerdictWrong, Note: PasswordOffNote}
	return next
}
