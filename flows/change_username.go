package flows

import (
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

const renamed flow.Outcome = "renamed"

// ChangeUsername changes the username of the customer who is logged in (P2).
func ChangeUsername(v *flow.Visit) *flow.Flow {
	const (
		askNew        flow.State = "ask new"
		usernameSaved flow.State = "stored"
	)
	p := credentials.Reauthenticate(v)
	var username string
	name := credentials.NewUsername(&username)
	name.Label = text.New("Nieuwe gebruikersnaam", "New username")
	f := &flow.Flow{Name: "change username", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title:       text.Fixed("Gebruikersnaam veranderen", "Change username"),
			Body:        text.Fixed("Kies een andere gebruikersnaam. Je wachtwoord blijft hetzelfde; we vragen het nog een keer voor de veiligheid.", "Choose another username. Your password stays the same; we ask for it once more, for safety."),
			Fields:      []flow.Field{name, p.Field()},
			ThrottleKey: p.ThrottleKey,
			PerTerminal: true,
			Prepare:     p.Compare,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				account, outcome := p.Judge(tx)
				if outcome != credentials.Right {
					return outcome, nil
				}
				return renameAccount(v, tx, account, username), nil
			},
			Next: credentials.WithWrongPassword(askNew, text.New("Gebruikersnaam niet veranderd: verkeerd wachtwoord", "Username not changed: wrong password"), map[flow.Outcome]flow.Edge{
				renamed:   {To: usernameSaved, Verdict: flow.Right, OnCommit: func() { v.Rename(username) }, Told: text.New("Gebruikersnaam veranderd", "Changed the username")},
				unchanged: {To: askNew, Verdict: flow.Right, Field: "username", Note: text.Fixed("Dit is al je gebruikersnaam. Kies een andere.", "This is your username already. Choose another one.")},
				taken:     {To: askNew, Verdict: flow.WrongElsewhere, Field: "username", Note: usernameTaken},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		usernameSaved: {
			Title:  text.Fixed("Je gebruikersnaam is veranderd", "Your username has been changed"),
			Body:   text.Fixed("Log voortaan in met je nieuwe gebruikersnaam. Je krijgt hierover ook een bericht.", "From now on, log in with your new username. We will also send you a message about this change."),
			Offers: []place.ID{place.Security, place.Products},
		},
	}
	return f.Begin(v)
}

var usernameTaken = text.Fixed("Deze gebruikersnaam kun je niet kiezen. Kies een andere.", "You cannot use this username. Choose another one.")

// renameAccount gives an account a username that no other account has. A name that differs in
// capitals alone counts as a change.
func renameAccount(v *flow.Visit, tx *store.Tx, a store.Account, username string) flow.Outcome {
	if a.Username == username {
		return unchanged
	}
	if other, is := tx.AccountByUsername(username); is && other.Customer != a.Customer {
		return taken
	}
	// Attempts at this name from before it was this account's guessed at nothing.
	tx.PutAttempts(desk.PasswordThrottleKey(username), store.Attempts{})
	a.Username = username
	tx.PutAccount(a)
	v.NotifyCustomer(tx, a.Customer, desk.UsernameChanged, nil)
	return renamed
}
