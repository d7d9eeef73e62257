package phone

import (
	"bytes"
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strings"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// pairPhoneFlow holds the answers of a customer who is pairing a phone.
type pairPhoneFlow struct {
	credentials.Reauthentication
	phoneChallenge
	handle []byte // handle is a new random user handle, for an account without one.
	number string // number is the number that the customer copied from the phone.
	name   string
}

// Outcomes of PairPhone.
const (
	outcomePaired        flow.Outcome = "phone paired"
	outcomeAlreadyPaired flow.Outcome = "phone was paired already"
	outcomeLimitReached  flow.Outcome = "as many phones as there can be"
)

// PairPhone pairs a phone with the account of the customer who is logged in (L2). The flow on the phone is RegisterOnPhone. A
// stranger who reads the code off the screen could register a key too. So the key is added only after the customer has typed
// the number that their own phone shows.
func PairPhone(v *flow.Visit) *flow.Flow {
	const (
		askPassword   flow.State = "ask password"
		awaitPhone    flow.State = "await phone"
		askNumber     flow.State = "ask number"
		phonePaired   flow.State = "phone paired"
		tooManyPhones flow.State = "too many phones"
		otherNumber   flow.State = "other number"
		notPaired     flow.State = "not paired"
	)
	p := &pairPhoneFlow{Reauthentication: credentials.Reauthenticate(v), phoneChallenge: phoneChallenge{visit: v}}
	f := &flow.Flow{Name: "pair phone", Start: startIfReachable(v, askPassword)}
	f.Steps = map[flow.State]flow.Step{
		statePhoneUnreachable: phoneUnreachableStep(place.Security),
		askPassword: {
			Title:               text.NewFunc("Telefoon koppelen", "Pair a phone"),
			Body:                text.NewFunc("Daarna log je in met je telefoon, zonder gebruikersnaam en wachtwoord.", "After that you log in with your phone, without username and password."),
			Fields:              []flow.Field{p.Reauthentication.CurrentPasswordField()},
			ThrottleKey:         p.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             p.preparePairing,
			Do:                  p.sendPairingChallenge,
			Next: credentials.AddWrongPasswordEdges(askPassword, text.New("Telefoon niet gekoppeld: verkeerd wachtwoord", "Phone not paired: wrong password"), map[flow.Outcome]flow.Edge{
				outcomeChallengeSent: {To: awaitPhone, Verdict: flow.VerdictRight, OnCommit: p.announceChallenge},
				outcomeLimitReached:  {To: tooManyPhones, Verdict: flow.VerdictRight},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
		awaitPhone: {
			Title: text.NewFunc("Pak de telefoon die je wilt koppelen", "Get the phone that you want to pair"),
			Body: text.NewFunc(
				"Scan de code als je die ziet. Of ga op je telefoon naar het adres en typ de letters. Let op dat niemand meekijkt.",
				"Scan the code if you see one. Or go to the address on your phone and type the letters. Make sure that nobody is watching."),
			PhoneAccess:  p.challengePhoneAccess,
			IsPending:    p.isAnswerPending,
			IsExtendable: p.isChallengeExtendable,
			PollEvery:    pollInterval,
			OnLeave:      p.withdrawChallenge,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				stored, outcome := p.checkPhoneAnswer(tx)
				switch outcome {
				case flow.OutcomePending:
					p.extendChallenge(tx, stored)
				case outcomeApproved: // Any phone with the code can answer: the number proves whose phone it is.
					outcome = outcomeRegistered
					// The customer gets new time to type the number.
					stored.Expires = tx.Now.Add(v.ExtendTimeLimit(v.Settings.AppPairing))
					tx.PutChallenge(p.code, stored)
				}
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{
				flow.OutcomePending:   p.pendingEdge(awaitPhone),
				outcomeRegistered:     {To: askNumber},
				outcomeInvalidAnswers: {To: notPaired},
				outcomeExpired:        {To: notPaired},
			},
		},
		askNumber: {
			Title: text.NewFunc("Is dit jouw telefoon?", "Is this your phone?"),
			Body: text.NewFunc(
				"Er heeft zich een telefoon gemeld. Typ het getal dat op jouw telefoon staat. Staat er geen getal? Dan heeft iemand anders de code gebruikt. Er is niets gekoppeld. Ga terug en begin opnieuw.",
				"A phone has come forward. Type the number that your phone shows. Is there no number? Then somebody else has used the code. Nothing has been paired. Go back and start again."),
			Fields:  []flow.Field{pairingNumberField(&p.number), p.phoneNameField()},
			Do:      p.addPhoneKey,
			OnLeave: p.withdrawChallenge,
			Next: map[flow.Outcome]flow.Edge{
				outcomePaired:        {To: phonePaired, ActivityText: text.New("Telefoon gekoppeld", "Paired a phone")},
				outcomeWrongNumber:   {To: otherNumber, ActivityText: text.New("Telefoon niet gekoppeld: verkeerd getal", "Phone not paired: wrong number")},
				outcomeAlreadyPaired: {To: phonePaired},
				outcomeLimitReached:  {To: tooManyPhones},
				outcomeExpired:       {To: notPaired},
			},
		},
		phonePaired: {
			Title:  text.NewFunc("Je telefoon is gekoppeld", "Your phone is paired"),
			Body:   text.NewFunc("Voortaan kun je inloggen met de NN App op deze telefoon. We sturen je ook een bericht dat dit is veranderd.", "From now on you can log in with the NN App on this phone. We will also send you a message about this change."),
			Offers: []place.ID{place.PairedPhones, place.Security, place.Products},
		},
		tooManyPhones: {
			Title: text.NewFunc("Je hebt al genoeg telefoons gekoppeld", "You have paired enough phones already"),
			Body: func() text.Text {
				most := fmt.Sprint(v.Settings.AppPhones)
				return text.New("Het grootste aantal is "+most+". Verwijder er eerst een.", "The most that you can have is "+most+". Remove one first.")
			},
			Offers: []place.ID{place.PairedPhones, place.Security},
		},
		otherNumber: {
			Title:  text.NewFunc("Dit getal klopt niet", "This number is not right"),
			Body:   text.NewFunc("Er is geen telefoon gekoppeld. Stond dit getal echt op je telefoon? Dan heeft iemand anders de code gebruikt. Let op dat niemand meekijkt en begin opnieuw.", "No phone has been paired. Was this really the number on your phone? Then somebody else has used the code. Make sure that nobody is watching and start again."),
			Offers: []place.ID{place.PairPhone, place.Security, place.Contact},
		},
		notPaired: {
			Title:  text.NewFunc("Er is geen telefoon gekoppeld", "No phone has been paired"),
			Body:   text.NewFunc("Het duurde te lang, of de telefoon kon het niet. Er is niets veranderd. Probeer het gerust opnieuw.", "It took too long, or the phone could not do it. Nothing has changed. Feel free to try again."),
			Offers: []place.ID{place.PairPhone, place.Security, place.Contact},
		},
	}
	return f.Begin(v)
}

// preparePairing checks the password and creates a random challenge.
func (p *pairPhoneFlow) preparePairing(ctx context.Context) (err error) {
	if p.handle, err = p.phoneChallenge.visit.RandomBytes("handle", passkey.UserHandleSize); err != nil {
		return err
	}
	if err := p.generateChallenge(store.PurposePair); err != nil {
		return err
	}
	return p.ComparePassword(ctx)
}

// sendPairingChallenge stores the challenge, if the password is right and the account has room for another phone.
func (p *pairPhoneFlow) sendPairingChallenge(tx *store.Tx) (flow.Outcome, error) {
	a, outcome := p.DecideOutcome(tx)
	switch {
	case outcome != credentials.OutcomeRight:
		return outcome, nil
	case len(a.Passkeys) >= p.phoneChallenge.visit.Settings.AppPhones:
		return outcomeLimitReached, nil
	}
	if a.UserHandle == nil {
		a.UserHandle = p.handle
		tx.PutAccount(a)
	}
	p.record.UserHandle = a.UserHandle
	return outcomeChallengeSent, p.phoneChallenge.putChallenge(tx, p.phoneChallenge.visit.Settings.AppPairing)
}

// addPhoneKey adds the phone's key to the account, if the customer typed the number that the phone shows. The customer has one try.
func (p *pairPhoneFlow) addPhoneKey(tx *store.Tx) (flow.Outcome, error) {
	v := p.phoneChallenge.visit
	stored, outcome := p.checkPhoneAnswer(tx)
	a, found := tx.Account(v.Customer())
	switch {
	case outcome != outcomeApproved || !found || !bytes.Equal(a.UserHandle, stored.UserHandle) || !tx.Now.Before(stored.Expires):
		return outcomeExpired, nil
	case subtle.ConstantTimeCompare([]byte(p.number), []byte(stored.Number)) != 1:
		outcome = outcomeWrongNumber
	case a.Passkey(stored.Passkey.ID) != nil: // A browser should not create the same key twice (WebAuthn, 7.1).
		outcome = outcomeAlreadyPaired
	case len(a.Passkeys) >= v.Settings.AppPhones:
		outcome = outcomeLimitReached
	default:
		outcome = outcomePaired
	}
	stored.Answer = store.AnswerApprovalUsed
	tx.PutChallenge(p.code, stored)
	if outcome == outcomePaired {
		key := stored.Passkey
		key.Name, key.Paired = p.uniquePhoneName(a.Passkeys), tx.Now
		a.Passkeys = append(a.Passkeys, key)
		tx.PutAccount(a)
		v.NotifyCustomer(tx, a.Customer, desk.TemplatePhonePaired, map[string]string{"phone": key.Name})
	}
	return outcome, nil
}

// pairingNumberField asks for the two digits that the phone shows.
func pairingNumberField(v *string) flow.Field {
	return flow.Field{
		Name: "shown", Label: text.New("Getal op je telefoon", "Number on your phone"), Example: "42", Kind: flow.KindDigits,
		Help: text.New("Op je telefoon staan nu twee cijfers. Zie je ze niet? Kijk dan of de pagina nog open is.", "Your phone shows two digits now. Do you not see them? Check that the page is still open."),
		Accept: func(s string) *text.Text {
			digits, ok := desk.ParseDigits(s)
			if !ok || len(digits) != 2 {
				return new(text.New("Het getal heeft twee cijfers.", "The number has two digits."))
			}
			*v = digits
			return nil
		},
	}
}

// maxPhoneName is the maximum number of characters in the name of a phone.
const maxPhoneName = 30

func (p *pairPhoneFlow) phoneNameField() flow.Field {
	return flow.Field{
		Name: "phone name", Label: text.New("Naam van de telefoon", "Name of the phone"), MaxCharacters: maxPhoneName,
		Hint: text.NewFunc("Niet verplicht, bijvoorbeeld Telefoon van Jan", "Optional, for example Jan's phone"),
		Help: text.New("Aan deze naam herken je de telefoon later, als je er meer hebt.", "By this name you recognise the phone later, if you have more of them."),
		Accept: func(s string) *text.Text {
			p.name = strings.Join(strings.Fields(s), " ")
			return nil
		},
	}
}

// uniquePhoneName returns the name that the customer typed for the phone. If the name is empty, or another phone has it, uniquePhoneName
// appends a number.
func (p *pairPhoneFlow) uniquePhoneName(others []store.Passkey) string {
	taken := func(name string) bool {
		return slices.ContainsFunc(others, func(k store.Passkey) bool { return strings.EqualFold(k.Name, name) })
	}
	name := p.name
	if name != "" && !taken(name) {
		return name
	}
	if name == "" {
		name = text.New("Telefoon", "Phone").In(text.Language(p.phoneChallenge.visit.Language))
	}
	for n := 1; ; n++ {
		if numbered := fmt.Sprint(name, " ", n); !taken(numbered) {
			return numbered
		}
	}
}
