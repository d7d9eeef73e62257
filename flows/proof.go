package flows

import (
	"context"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// proof is the present password of the customer who is logged in, asked again
// before something changes that whoever finds the terminal could take the
// account over with (OWASP ASVS 6.2.3, 7.5.1).
type proof struct{ login }

func (p *proof) ask() flow.Field {
	f := secret(&p.password)
	f.Label = text.New("Je huidige wachtwoord", "Your current password")
	return f
}

// guards is the account whose password is guessed at, in whatever form.
func (p *proof) guards() string { return desk.PasswordKey(p.username) }

// compare compares it with the password of the account.
func (p *proof) compare(ctx context.Context) error {
	err := p.visit.Store.View(ctx, func(tx *store.Tx) error {
		a, _ := tx.Account(p.visit.Customer())
		p.username = a.Username
		return nil
	})
	if err != nil {
		return err
	}
	return p.login.compare(ctx)
}

// judge gives the account if the password is right. A temporary one proves
// nothing here.
func (p *proof) judge(tx *store.Tx) (store.Account, flow.Outcome) {
	a, outcome := p.login.judge(tx)
	if outcome != off && (outcome != right || a.Customer != p.visit.Customer()) {
		outcome = wrong
	}
	return a, outcome
}

// unproven leads back to the step where the password was wrong.
func unproven(here flow.State, next map[flow.Outcome]flow.Edge) map[flow.Outcome]flow.Edge {
	next[wrong] = flow.Edge{To: here, Verdict: flow.Wrong, Note: text.Fixed("Dit is niet je huidige wachtwoord. Let op hoofdletters en kleine letters.", "This is not your current password. Check capital and small letters.")}
	next[off] = flow.Edge{To: here, Verdict: flow.Wrong, Note: passwordOff}
	return next
}
