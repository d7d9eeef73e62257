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

// changePasswordFlow is the state of the flow ChangePassword: the present password and the new one.
type changePasswordFlow struct {
	credentials.Reauthentication
	credentials.PasswordChange
	account store.Account
}

// ChangePassword changes the logged-in customer's password, and ends the customer's other visits (P1, P2).
func ChangePassword(v *flow.Visit) *flow.Flow {
	const (
		askNew        flow.State = "ask new"
		passwordSaved flow.State = "stored"
	)
	c := &changePasswordFlow{Reauthentication: credentials.Reauthenticate(v), PasswordChange: credentials.NewPasswordChange(v)}
	f := &flow.Flow{Name: "change password", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title:               text.NewFunc("Wachtwoord veranderen", "Change password"),
			Body:                text.NewFunc("Vul eerst je huidige wachtwoord in. Kies daarna een nieuw wachtwoord.", "First fill in your current password. Then choose a new one."),
			Fields:              append([]flow.Field{c.CurrentPasswordField()}, c.PasswordChange.NewPasswordFields(credentials.NotWordRule(v.ForbiddenPasswords), credentials.NotCurrentPasswordRule(&c.Login))...),
			ThrottleKey:         c.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             c.preparePasswords,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				account, outcome := c.DecideOutcome(tx)
				if outcome != credentials.OutcomeRight {
					return outcome, nil
				}
				c.account = c.PasswordChange.ApplyToAccount(tx, account)
				v.NotifyCustomer(tx, account.Customer, desk.TemplatePasswordChanged, nil)
				return outcomePasswordStored, nil
			},
			Next: credentials.AddWrongPasswordEdges(askNew, text.New("Wachtwoord niet veranderd: verkeerd wachtwoord", "Password not changed: wrong password"), map[flow.Outcome]flow.Edge{
				outcomePasswordStored: {To: passwordSaved, Verdict: flow.VerdictRight, OnCommit: func() { v.RenewLogin(c.account) }, ActivityText: text.New("Wachtwoord veranderd", "Changed the password")},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		passwordSaved: {
			Title:  text.NewFunc("Je wachtwoord is veranderd", "Your password has been changed"),
			Body:   text.NewFunc("Gebruik dit wachtwoord voortaan. Was je ook ergens anders ingelogd? Daar ben je nu uitgelogd. Je krijgt hierover ook een bericht.", "Use this password from now on. Were you logged in anywhere else? You have been logged out there. We will also send you a message about this change."),
			Offers: []place.ID{place.Security, place.Products},
		},
	}
	return f.Begin(v)
}

// preparePasswords verifies the present password and hashes the new one.
func (c *changePasswordFlow) preparePasswords(ctx context.Context) error {
	if err := c.ComparePassword(ctx); err != nil {
		return err
	}
	return c.PasswordChange.HashAndCompare(ctx, "")
}
