package phone

import (
	"encoding/hex"
	"slices"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of PairedPhones.
const (
	outcomeHasPhones    flow.Outcome = "has phones"
	outcomeNoPhones     flow.Outcome = "has no phones"
	outcomePhoneRemoved flow.Outcome = "phone removed"
	outcomePhoneGone    flow.Outcome = "phone is not there any more"
)

// pairedPhonesFlow holds the phones of a customer and the phone that they chose to remove.
type pairedPhonesFlow struct {
	visit *flow.Visit
	credentials.Reauthentication
	phones   []store.Passkey
	chosenID string
	account  store.Account // account is the account without the removed phone.
}

var removePhoneHelp = text.New("Kies de telefoon waarmee niemand meer mag inloggen. De andere blijven gekoppeld.", "Choose the phone with which nobody may log in any more. The others stay paired.")

// PairedPhones lists the phones of the customer who is logged in, and removes the phone that they choose. Visits that began
// with the removed phone end.
func PairedPhones(v *flow.Visit) *flow.Flow {
	const (
		lookUp         flow.State = "look up"
		choosePhone    flow.State = "choose phone"
		removalDone    flow.State = "removed"
		alreadyRemoved flow.State = "gone"
		noPhonesPaired flow.State = "none"
	)
	r := &pairedPhonesFlow{visit: v, Reauthentication: credentials.Reauthenticate(v)}
	f := &flow.Flow{Name: "paired phones", Start: lookUp}
	choose := func() flow.Step {
		return flow.Step{
			Title:               text.NewFunc("Gekoppelde telefoons", "Paired phones"),
			Body:                text.NewFunc("Met deze telefoons kun je inloggen. Ben je er een kwijt, of gebruik je hem niet meer? Kies hem dan om hem te verwijderen.", "You can log in with these phones. Have you lost one, or do you no longer use it? Then choose it to remove it."),
			Fields:              []flow.Field{flow.ChoiceField(&r.chosenID, flow.Field{Name: "phone", Label: text.New("Verwijder", "Remove"), Options: PhoneOptions(r.phones), Help: removePhoneHelp}), r.CurrentPasswordField()},
			ThrottleKey:         r.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             r.ComparePassword,
			Do:                  r.removePhone,
			Next: credentials.AddWrongPasswordEdges(choosePhone, text.New("Telefoon niet verwijderd: verkeerd wachtwoord", "Phone not removed: wrong password"), map[flow.Outcome]flow.Edge{
				outcomePhoneRemoved: {To: removalDone, Verdict: flow.VerdictRight, OnCommit: func() { v.RenewLogin(r.account) }, ActivityText: text.New("Telefoon verwijderd", "Removed a phone")},
				outcomePhoneGone:    {To: alreadyRemoved, Verdict: flow.VerdictRight},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		}
	}
	f.Steps = map[flow.State]flow.Step{
		lookUp: {
			Title:      text.NewFunc("Gekoppelde telefoons", "Paired phones"),
			AutoSubmit: true,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				a, _ := tx.Account(v.Customer())
				if r.phones = a.Passkeys; len(r.phones) == 0 {
					return outcomeNoPhones, nil
				}
				return outcomeHasPhones, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				outcomeHasPhones: {To: choosePhone, OnCommit: func() { f.SetStep(choosePhone, choose()) }},
				outcomeNoPhones:  {To: noPhonesPaired},
			},
			Offers: []place.ID{place.Security},
		},
		choosePhone: choose(),
		removalDone: {
			Title:  text.NewFunc("De telefoon is verwijderd", "The phone has been removed"),
			Body:   text.NewFunc("Met deze telefoon kan niemand meer inloggen. We sturen je ook een bericht dat dit is veranderd.", "Nobody can log in with this phone any more. We will also send you a message about this change."),
			Offers: []place.ID{place.PairedPhones, place.Security, place.Products},
		},
		alreadyRemoved: {
			Title:  text.NewFunc("Deze telefoon was al verwijderd", "This phone had been removed already"),
			Body:   text.NewFunc("Met deze telefoon kan niemand meer inloggen.", "Nobody can log in with this phone any more."),
			Offers: []place.ID{place.PairedPhones, place.Security, place.Products},
		},
		noPhonesPaired: {
			Title:  text.NewFunc("Je hebt geen telefoons gekoppeld", "You have no phones paired"),
			Body:   text.NewFunc("Koppel je telefoon om in te loggen met de NN App.", "Pair your phone to log in with the NN App."),
			Offers: []place.ID{place.PairPhone, place.Security},
		},
	}
	return f.Begin(v)
}

// removePhone removes the chosen phone from the account, and sends the customer a message.
func (r *pairedPhonesFlow) removePhone(tx *store.Tx) (flow.Outcome, error) {
	a, outcome := r.DecideOutcome(tx)
	if outcome != credentials.OutcomeRight {
		return outcome, nil
	}
	i := slices.IndexFunc(a.Passkeys, func(k store.Passkey) bool { return hex.EncodeToString(k.ID) == r.chosenID })
	if i < 0 {
		return outcomePhoneGone, nil
	}
	name := a.Passkeys[i].Name
	a.Passkeys = slices.Delete(slices.Clone(a.Passkeys), i, i+1)
	tx.PutAccount(a)
	r.account = a
	r.visit.NotifyCustomer(tx, a.Customer, desk.TemplatePhoneRemoved, map[string]string{"phone": name})
	return outcomePhoneRemoved, nil
}

// PhoneOptions returns phones as options to choose from.
func PhoneOptions(all []store.Passkey) (options []flow.Option) {
	for _, k := range all {
		paired := dutch.DateOf(k.Paired).LongText()
		about := text.New(k.Name+", gekoppeld op "+paired.NL, k.Name+", paired on "+paired.EN)
		if !k.Used.IsZero() {
			used := dutch.DateOf(k.Used).LongText()
			about = text.New(about.NL+", gebruikt op "+used.NL, about.EN+", used on "+used.EN)
		}
		options = append(options, flow.Option{Value: hex.EncodeToString(k.ID), Name: about})
	}
	return options
}
