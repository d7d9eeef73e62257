package phone

import (
	"bytes"
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// No is the answer of a person who did not ask to be logged in.
const No = "no"

// approveOnPhone holds the answer of a phone to a request to log in.
type approveOnPhone struct {
	visit     *flow.Visit
	request   *request
	choice    string
	signature passkey.Signature // empty if the person declined

	account  store.Account // of the owner that the signature claims
	rejected flow.Outcome  // why the signature proves nothing; empty if it is valid
}

// ApproveOnPhone is the flow on a phone by which a terminal logs its owner in (L2). The owner
// chooses the number that the terminal shows, which proves that they are at that terminal.
func ApproveOnPhone(v *flow.Visit) *flow.Flow { return newApproval(v, &request{}) }

func newApproval(v *flow.Visit, asked *request) *flow.Flow {
	const numberWrong flow.State = "wrong number"
	a := &approveOnPhone{visit: v, request: asked}
	f := &flow.Flow{Name: "approve on phone", Start: PhoneAsked}
	f.Steps = withInvalidEdges(map[flow.State]flow.Step{
		PhoneAsked: {
			Title: text.Fixed("Wil je inloggen?", "Do you want to log in?"),
			Body: func() text.Text {
				return text.New(
					"Iemand wil inloggen bij mijn.nn op terminal "+v.Terminal+". Sta je daar zelf? Kies dan het getal dat op dat scherm staat.",
					"Somebody wants to log in to mijn.nn at terminal "+v.Terminal+". Are you standing there yourself? Then choose the number on that screen.",
				)
			},
			Fields:      []flow.Field{a.choiceField(), a.signatureField()},
			ThrottleKey: a.throttleKey,
			Prepare:     a.verifySignature,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				outcome, err := a.judgeApproval(tx)
				f.About = a.account.Customer // as the phone claims, like a username, also if the rest is wrong
				return outcome, err
			},
			Next: map[flow.Outcome]flow.Edge{
				approved:      {To: Approved, Verdict: flow.Right},
				declined:      {To: Declined},
				wrongNumber:   {To: numberWrong, Verdict: flow.Wrong, Told: text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen")},
				unknownPhone:  {To: PhoneUnknown, Verdict: flow.WrongElsewhere},
				formerPhone:   {To: PhoneRemoved, Verdict: flow.WrongElsewhere, Told: text.New("Geprobeerd in te loggen met een telefoon die niet gekoppeld is", "Tried to log in with a phone that is not paired")},
				ownerInactive: {To: PhoneRemoved, Verdict: flow.WrongElsewhere, Told: text.New("Geprobeerd in te loggen terwijl je toegang geblokkeerd was", "Tried to log in while your access was blocked")},
				staleCounter:  {To: Rejected, Verdict: flow.WrongElsewhere, Told: notByApp},
				unknownCode:   {To: RequestOver, Verdict: flow.WrongElsewhere},
			},
		},
		Approved: {
			Title: text.Fixed("Gelukt", "Done"),
			Body:  text.Fixed("Kijk weer op het scherm: daar ga je verder. Deze pagina kun je sluiten.", "Look at the screen again: you go on from there. You can close this page."),
		},
		Declined: {
			Title: text.Fixed("Geweigerd", "Refused"),
			Body:  text.Fixed("Er is niemand ingelogd. Probeerde iemand je te laten inloggen? Ga er niet op in.", "Nobody has been logged in. Did somebody try to make you log in? Do not do it."),
		},
		numberWrong: {
			Title: text.Fixed("Dit is een ander getal", "This is a different number"),
			Body:  text.Fixed("Op het scherm staat een ander getal. Voor de zekerheid stoppen we. Begin op het scherm opnieuw.", "The screen shows a different number. To be safe, we stopped. Start again on the screen."),
		},
		PhoneUnknown: notPairedEnd,
		PhoneRemoved: notPairedEnd,
	}, PhoneAsked, notByApp)
	return f.Begin(v)
}

// notByApp is what a customer reads about an answer of a phone that proved nothing.
var notByApp = text.New("Geprobeerd in te loggen met de NN App: niet goedgekeurd", "Tried to log in with the NN App: not approved")

// notPairedEnd is the end for a phone that is not paired, or no longer.
var notPairedEnd = flow.Step{
	Title: text.Fixed("Deze telefoon is niet gekoppeld", "This phone is not paired"),
	Body:  text.Fixed("Log op het scherm in met je wachtwoord. Daarna kun je deze telefoon koppelen bij Toegang en beveiliging.", "Log in on the screen with your password. After that you can pair this phone under Access and security."),
}

// throttleKey returns the key of the account that owns the phone, if the signature is valid. So
// nobody else can make the owner wait.
func (a *approveOnPhone) throttleKey() string {
	if a.rejected != "" || a.account.Customer == "" {
		return ""
	}
	return desk.PhoneThrottleKey(a.account.Customer)
}

// verifySignature verifies the signature with the keys of the owner that it claims.
func (a *approveOnPhone) verifySignature(ctx context.Context) error {
	a.account, a.rejected = store.Account{}, ""
	if a.choice == No {
		return nil
	}
	err := a.visit.Store.View(ctx, func(tx *store.Tx) error {
		a.account, _ = tx.AccountByHandle(a.signature.Handle)
		return nil
	})
	if err != nil {
		return err
	}
	if !a.visit.App.IsReachable() {
		return errors.New("no phone can reach this desk")
	}
	if err = a.visit.App.RelyingParty().VerifySignature(a.signature, passkeyOwner(a.account), a.request.is.Nonce); err != nil {
		a.rejected, err = outcomeOf(err)
	}
	if a.rejected == formerPhone && a.account.Handle == nil { // no account has this handle
		a.rejected = unknownPhone
	}
	return err
}

// judgeApproval applies the answer of the phone to the challenge.
func (a *approveOnPhone) judgeApproval(tx *store.Tx) (flow.Outcome, error) {
	stored, outcome := a.request.loadChallenge(tx)
	if outcome != flow.Pending {
		return outcome, nil
	}
	account, _ := tx.Account(a.account.Customer)
	owner, _ := tx.Customer(account.Customer)
	key := account.Passkey(a.signature.KeyID)
	switch {
	case a.choice == No:
		stored.Answer = store.Declined
		tx.PutChallenge(a.request.code, stored)
		return declined, nil
	case a.rejected != "":
		outcome = a.rejected
	case key == nil || !bytes.Equal(key.Public, a.account.Passkey(key.ID).Public):
		outcome = formerPhone // removed since verifySignature
	case counterWentBack(key.Counter, a.signature.Counter):
		outcome = staleCounter
	case !owner.IsActive():
		outcome = ownerInactive
	default:
		return a.keepChoice(tx, stored, account, key), nil
	}
	return a.request.countInvalid(tx, stored, outcome), nil
}

// counterWentBack reports whether a signature counter did not go up, because somebody may have
// copied the key (WebAuthn, 6.1.1). Keys without a counter have 0 each time.
func counterWentBack(was, is uint32) bool { return is <= was && (was > 0 || is > 0) }

// keepChoice stores in the challenge which number the owner of a key chose.
func (a *approveOnPhone) keepChoice(tx *store.Tx, stored store.Challenge, account store.Account, key *store.Passkey) flow.Outcome {
	key.Counter = a.signature.Counter
	tx.PutAccount(account)
	outcome := approved
	stored.Answer, stored.Handle, stored.Passkey = store.Approved, account.Handle, store.Passkey{ID: key.ID}
	if a.choice != stored.Number {
		outcome, stored.Answer = wrongNumber, store.WrongNumber
	}
	tx.PutChallenge(a.request.code, stored)
	return outcome
}

// choiceField asks for one of the numbers, or to decline.
func (a *approveOnPhone) choiceField() flow.Field {
	f := flow.Field{Name: "number", Label: text.New("Getal op het scherm", "Number on the screen")}
	for _, n := range a.request.is.Choices {
		f.Options = append(f.Options, flow.Option{Value: n, Name: text.Untranslated(n)})
	}
	f.Options = append(f.Options, flow.Option{Value: No, Name: text.New("Nee, dit ben ik niet", "No, this is not me")})
	return flow.ChoiceField(&a.choice, f)
}

// signatureField asks the phone to sign.
func (a *approveOnPhone) signatureField() flow.Field {
	f := flow.Field{Name: "passkey", Kind: flow.Signature, Label: text.New("Toegangssleutel", "Passkey"), Limit: maxSignature, Accept: func(s string) (wrong *text.Text) {
		if a.choice == No {
			return nil
		}
		var err error
		if a.signature, err = passkey.ParseSignature(s); err != nil {
			wrong = notFromPhoneText
		}
		return wrong
	}}
	if e := a.request; a.visit.App.IsReachable() && e.is.Nonce != nil {
		f.Request = func() (string, error) { return a.visit.App.RelyingParty().SigningOptions(e.is.Nonce, e.left) }
	}
	return f
}
