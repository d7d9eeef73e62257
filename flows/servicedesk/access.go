package servicedesk

import (
	"encoding/hex"
	"slices"

	"loket/flows/flow"
	"loket/flows/operator"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of what changes who gets in.
const (
	outcomeThrottlesCleared flow.Outcome = "throttles cleared"
	outcomeNoThrottles      flow.Outcome = "nothing to clear"
	outcomeVisitsEnded      flow.Outcome = "visits ended"
	outcomeBlocked          flow.Outcome = "blocked"
	outcomeUnblocked        flow.Outcome = "unblocked"
	outcomePhoneRemoved     flow.Outcome = "phone removed"
	outcomePhoneGone        flow.Outcome = "phone gone already"
	outcomeHasPhones        flow.Outcome = "there are phones"
	outcomeNoPhones         flow.Outcome = "no phones"
)

// ClearThrottles ends the waits of a customer after wrong answers.
func ClearThrottles(v *flow.Visit) *flow.Flow {
	return operatorAct{
		title: text.New("Blokkade na verkeerde antwoorden opheffen", "Lift the block after wrong answers"),
		body:  text.NewFunc("De klant kan het daarna meteen weer proberen. Het wachtwoord verandert niet.", "The customer can then try again at once. The password stays the same."),
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			a, has := tx.Account(c.ID)
			if !has {
				return outcomeNoAccount
			}
			if operator.ClearThrottles(tx, v.Desk, a).HasNothingToClear() {
				return outcomeNoThrottles
			}
			return outcomeThrottlesCleared
		},
		endings: map[flow.Outcome]actEnding{
			outcomeThrottlesCleared: {title: text.New("De blokkade is opgeheven", "The block has been lifted"), activityText: operator.UnlockedActivityText},
			outcomeNoThrottles:      {title: text.New("Er was geen blokkade", "There was no block"), body: text.NewFunc("De klant kan gewoon inloggen. Pauzeert de terminal? Die staat in het eerste menu.", "The customer can log in as usual. Does the terminal pause? See the first menu.")},
			outcomeNoAccount:        noAccountEnding,
		},
	}.beginActFlow(v, place.ClearThrottles)
}

// EndVisits ends all visits in which the customer is logged in, at every terminal.
func EndVisits(v *flow.Visit) *flow.Flow {
	return operatorAct{
		title: text.New("Bezoeken beëindigen", "End visits"),
		body:  text.NewFunc("Wie nu als deze klant is ingelogd, wordt binnen enkele seconden uitgelogd. Het wachtwoord verandert niet.", "Whoever is logged in as this customer is logged out within seconds. The password stays the same."),
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			a, has := tx.Account(c.ID)
			if !has {
				return outcomeNoAccount
			}
			a.PasswordGeneration++ // Every visit compares this number, and so notices that it has ended.
			tx.PutAccount(a)
			return outcomeVisitsEnded
		},
		endings: map[flow.Outcome]actEnding{
			outcomeVisitsEnded: {title: text.New("De bezoeken zijn beëindigd", "The visits have been ended"), body: text.NewFunc("Is er misbruik? Blokkeer de klant, of stuur een tijdelijk wachtwoord.", "Is there abuse? Block the customer, or send a temporary password."), activityText: text.New("Wij beëindigden je bezoeken", "We ended your visits")},
			outcomeNoAccount:   noAccountEnding,
		},
	}.beginActFlow(v, place.EndVisits)
}

// BlockCustomer has the desk deal with a customer no more, until UnblockCustomer.
func BlockCustomer(v *flow.Visit) *flow.Flow {
	return operatorAct{
		title: text.New("Klant blokkeren", "Block the customer"),
		body:  text.NewFunc("Niemand logt dan nog in, bezoeken eindigen, en er gaat niets meer weg waarmee iemand binnenkomt.", "Nobody logs in any more, visits end, and nothing goes out by which somebody gets in."),
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			if !operator.SetCustomerBlocked(tx, c, true) {
				return outcomeFactUnchanged
			}
			return outcomeBlocked
		},
		endings: map[flow.Outcome]actEnding{
			outcomeBlocked:       {title: text.New("De klant is geblokkeerd", "The customer is blocked"), body: text.NewFunc("Dit geldt meteen, aan elk loket, tot iemand het opheft.", "This holds at once, at every desk, until somebody lifts it."), activityText: operator.BlockedActivityText},
			outcomeFactUnchanged: {title: text.New("De klant was al geblokkeerd", "The customer was blocked already")},
		},
	}.beginActFlow(v, place.BlockCustomer)
}

// UnblockCustomer undoes BlockCustomer. A customer whom the bank blocked stays so.
func UnblockCustomer(v *flow.Visit) *flow.Flow {
	return operatorAct{
		title: text.New("Blokkering opheffen", "Unblock the customer"),
		body:  text.NewFunc("Een blokkering door de bank zelf blijft staan.", "A block by the bank itself stays."),
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			if !operator.SetCustomerBlocked(tx, c, false) {
				return outcomeFactUnchanged
			}
			return outcomeUnblocked
		},
		endings: map[flow.Outcome]actEnding{
			outcomeUnblocked:     {title: text.New("De blokkering is opgeheven", "The customer is unblocked"), activityText: operator.UnblockedActivityText},
			outcomeFactUnchanged: {title: text.New("De servicedesk had niets geblokkeerd", "The service desk had blocked nothing")},
		},
	}.beginActFlow(v, place.UnblockCustomer)
}

// RemovePhone removes a phone from a customer's account, as one that was stolen. Visits that began
// with it end, and the customer gets a message.
func RemovePhone(v *flow.Visit) *flow.Flow {
	const lookUp flow.State = "look up"
	var phones []store.Passkey
	var chosen string
	removal := operatorAct{
		title: text.New("Telefoon ontkoppelen", "Unpair a phone"),
		body:  text.NewFunc("Met deze telefoon kan daarna niemand meer inloggen. De klant krijgt bericht.", "Nobody can log in with this phone after that. The customer is told."),
		do: func(tx *store.Tx, c store.Customer) flow.Outcome {
			a, _ := tx.Account(c.ID)
			i := slices.IndexFunc(a.Passkeys, func(k store.Passkey) bool { return hex.EncodeToString(k.ID) == chosen })
			if i < 0 {
				return outcomePhoneGone
			}
			operator.RemovePhone(tx, v.Desk, a, i)
			return outcomePhoneRemoved
		},
		endings: map[flow.Outcome]actEnding{
			outcomePhoneRemoved: {title: text.New("De telefoon is ontkoppeld", "The phone has been unpaired"), activityText: text.New("Wij ontkoppelden je telefoon", "We unpaired your phone")},
			outcomePhoneGone:    {title: text.New("Deze telefoon was al ontkoppeld", "This phone had been unpaired already")},
		},
	}
	f := removal.newActFlow(v, place.RemovePhone)
	askPhone := func() flow.Step {
		removal.fields = []flow.Field{flow.ChoiceField(&chosen, flow.Field{
			Name: "phone", Label: text.New("Telefoon", "Phone"), Options: phone.PhoneOptions(phones),
			Help: text.New("Vraag de beller welke telefoon het is.", "Ask the caller which phone it is."),
		})}
		return removal.newActStep(v, f)
	}
	f.Start, f.Steps[stateAskFields] = lookUp, askPhone()
	f.Steps[lookUp] = flow.Step{
		Title:      text.TextFunc(removal.title),
		AutoSubmit: true,
		Do: func(tx *store.Tx) (flow.Outcome, error) {
			a, _ := tx.Account(v.OpenCardCustomer())
			if phones = a.Passkeys; len(phones) == 0 {
				return outcomeNoPhones, nil
			}
			return outcomeHasPhones, nil
		},
		Next: map[flow.Outcome]flow.Edge{
			outcomeHasPhones: {To: stateAskFields, OnCommit: func() { f.SetStep(stateAskFields, askPhone()) }},
			outcomeNoPhones:  {To: flow.State(outcomeNoPhones)},
		},
		Offers: []place.ID{place.Card, place.Home},
	}
	f.Steps[flow.State(outcomeNoPhones)] = flow.Step{
		Title: text.NewFunc("Er zijn geen telefoons gekoppeld", "There are no paired phones"), Offers: []place.ID{place.Card, place.Home},
	}
	return f.Begin(v)
}
