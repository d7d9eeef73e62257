package flows

import (
	"loket/flows/contact"
	"loket/flows/credentials"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// ChangeTelephone changes or removes the logged-in customer's telephone number. It asks for the password, because the service
// desk calls customers back on this number.
func ChangeTelephone(v *flow.Visit) *flow.Flow {
	const (
		askNew         flow.State = "ask new"
		telephoneSaved flow.State = "stored"
	)
	phone, p := v.Telephone, credentials.Reauthenticate(v)
	f := &flow.Flow{Name: "change telephone", Start: askNew}
	f.Steps = map[flow.State]flow.Step{
		askNew: {
			Title:               text.NewFunc("Telefoonnummer veranderen", "Change telephone number"),
			Body:                text.NewFunc("Op dit nummer bellen we je als dat nodig is. Wil je niet gebeld worden? Laat het dan leeg.", "We call you on this number if we need to. Would you rather not be called? Then leave it empty."),
			Fields:              []flow.Field{contact.TelephoneField(&phone, v.Telephone), p.CurrentPasswordField()},
			ThrottleKey:         p.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             p.ComparePassword,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				if _, outcome := p.DecideOutcome(tx); outcome != credentials.OutcomeRight {
					return outcome, nil
				}
				return updateCustomer(v, tx, func(c *store.Customer) { c.Phone = string(phone) }), nil
			},
			Next: credentials.AddWrongPasswordEdges(askNew, text.New("Telefoonnummer niet veranderd: verkeerd wachtwoord", "Telephone number not changed: wrong password"), map[flow.Outcome]flow.Edge{
				outcomePasswordStored: {To: telephoneSaved, Verdict: flow.VerdictRight, ActivityText: text.New("Telefoonnummer veranderd", "Changed the telephone number")},
				outcomeNothingChanged: {To: telephoneSaved, Verdict: flow.VerdictRight},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		telephoneSaved: {
			Title: func() text.Text {
				if phone == "" {
					return text.New("We hebben geen telefoonnummer van je", "We have no telephone number for you")
				}
				return text.New("Je telefoonnummer is opgeslagen", "Your telephone number has been saved")
			},
			Body: func() text.Text {
				if phone == "" {
					return text.New("Wil je later toch gebeld worden? Vul dan hier een nummer in.", "Would you like to be called after all? Then fill in a number here.")
				}
				return text.New("We bellen je voortaan op "+phone.Grouped()+".", "From now on we call you on "+phone.Grouped()+".")
			},
			Offers: []place.ID{place.Details, place.Products},
		},
	}
	return f.Begin(v)
}
