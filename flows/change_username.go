package flows

import (
	"strings"

	"loket/flows/desk"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

const renamed Outcome = "renamed"

// ChangeUsername gives the account of the customer who is logged in another
// username (P2).
func ChangeUsername(v *Visit) *Flow {
	const (
		askNew State = "ask new"
		stored State = "stored"
	)
	p := &proof{login{visit: v}}
	var username string
	name := newUsername(&username)
	name.Label = text.New("Nieuwe gebruikersnaam", "New username")
	f := &Flow{Name: "change username", Start: askNew}
	f.Steps = map[State]Step{
		askNew: {
			Says:    text.Fixed("Gebruikersnaam veranderen", "Change username"),
			Tells:   text.Fixed("Kies een andere gebruikersnaam. Je wachtwoord blijft hetzelfde; we vragen het nog een keer voor de veiligheid.", "Choose another username. Your password stays the same; we ask for it once more, for safety."),
			Asks:    []Field{name, p.ask()},
			Guards:  p.guards,
			Prepare: p.compare,
			Do: func(tx *store.Tx) (Outcome, error) {
				account, outcome := p.judge(tx)
				if outcome != right {
					return outcome, nil
				}
				return renameAccount(v, tx, account, username), nil
			},
			Next: unproven(askNew, map[Outcome]Edge{
				renamed:   {To: stored, Verdict: Right},
				unchanged: {To: askNew, Verdict: Right, Note: text.Fixed("Dit is al je gebruikersnaam. Kies een andere.", "This is your username already. Choose another one.")},
				taken:     {To: askNew, Verdict: Probed, Note: usernameTaken},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		stored: {
			Says:   text.Fixed("Je gebruikersnaam is veranderd", "Your username has been changed"),
			Tells:  text.Fixed("Log voortaan in met je nieuwe gebruikersnaam. We laten je ook weten dat hij is veranderd.", "From now on, log in with your new username. We will also send you a message about this change."),
			Offers: []place.ID{place.Security, place.Products},
		},
	}
	return v.begin(f)
}

var usernameTaken = text.Fixed("Deze gebruikersnaam kan niet. Kies een andere.", "You cannot use this username. Choose another one.")

// renameAccount gives an account a username that nobody else has. Other capitals count
// as another name.
func renameAccount(v *Visit, tx *store.Tx, a store.Account, username string) Outcome {
	if a.Username == username {
		return unchanged
	}
	if other, is := tx.AccountByUsername(username); is && other.Customer != a.Customer {
		return taken
	}
	if !strings.EqualFold(a.Username, username) {
		// Whoever tried this name before it was this account's guessed at nothing.
		tx.PutAttempts(desk.PasswordKey(username), store.Attempts{})
	}
	a.Username = username
	tx.PutAccount(a)
	v.Tell(tx, a.Customer, desk.UsernameChanged, nil)
	return renamed
}
