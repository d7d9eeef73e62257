package flows

import (
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

const outcomeUsernameChanged flow.Outcome = "renamed"

// ChangeUsername changes the logged-in customer's username (P2).
func ChangeUsername(v *flow.Visit) *flow.Flow {
	const (
		askNew        flow.State = "ask new"
		usernameSaved flow.State = "stored"
	)
	p := credentials.Reauthenticate(v)
	var username string
	name := credentials.NewUsernameField(&username)
	name.Label = text.New("Nieuwe gebruikersnaam", "New username")
	f := &flow.Flow{Name: "change username", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title:               text.NewFunc("Gebruikersnaam veranderen", "Change username"),
			Body:                text.NewFunc("Kies een andere gebruikersnaam. Je wachtwoord blijft hetzelfde; we vragen het nog een keer voor de veiligheid.", "Choose another username. Your password stays the same; we ask for it once more, for safety."),
			Fields:              []flow.Field{name, p.CurrentPasswordField()},
			ThrottleKey:         p.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             p.ComparePassword,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				account, outcome := p.DecideOutcome(tx)
				if outcome != credentials.OutcomeRight {
					return outcome, nil
				}
				return renameAccount(v, tx, account, username), nil
			},
			Next: credentials.AddWrongPasswordEdges(askNew, text.New("Gebruikersnaam niet veranderd: verkeerd wachtwoord", "Username not changed: wrong password"), map[flow.Outcome]flow.Edge{
				outcomeUsernameChanged:   {To: usernameSaved, Verdict: flow.VerdictRight, OnCommit: func() { v.SetUsername(username) }, ActivityText: text.New("Gebruikersnaam veranderd", "Changed the username")},
				outcomePasswordUnchanged: {To: askNew, Verdict: flow.VerdictRight, Field: "username", Note: text.NewFunc("Dit is al je gebruikersnaam. Kies een andere.", "This is your username already. Choose another one.")},
				outcomeUsernameTaken:     {To: askNew, Verdict: flow.VerdictWrongAtTerminal, Field: "username", Note: usernameTakenNote},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		usernameSaved: {
			Title:  text.NewFunc("Je gebruikersnaam is veranderd", "Your username has been changed"),
			Body:   text.NewFunc("Log voortaan in met je nieuwe gebruikersnaam. Je krijgt hierover ook een bericht.", "From now on, log in with your new username. We will also send you a message about this change."),
			Offers: []place.ID{place.Security, place.Products},
		},
	}
	return f.Begin(v)
}

var usernameTakenNote = text.NewFunc("Deze gebruikersnaam kun je niet kiezen. Kies een andere.", "You cannot use this username. Choose another one.")

// renameAccount gives an account a new username, which must not belong to another account. A change of capitals alone also
// counts as a change.
func renameAccount(v *flow.Visit, tx *store.Tx, a store.Account, username string) flow.Outcome {
	if a.Username == username {
		return outcomePasswordUnchanged
	}
	if other, is := tx.AccountByUsername(username); is && other.Customer != a.Customer {
		return outcomeUsernameTaken
	}
	// Failed logins with the new username, before it belonged to this account, do not count against its owner.
	tx.PutAttempts(desk.PasswordThrottleKey(username), store.Attempts{})
	a.Username = username
	tx.PutAccount(a)
	v.NotifyCustomer(tx, a.Customer, desk.TemplateUsernameChanged, nil)
	return outcomeUsernameChanged
}
