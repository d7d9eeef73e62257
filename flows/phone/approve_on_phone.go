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

// ChoiceDecline is the answer of a person who did not ask to be logged in.
const ChoiceDecline = "no"

// approveOnPhoneFlow holds a phone's answer to a login request.
type approveOnPhoneFlow struct {
	visit        *flow.Visit
	request      *phoneRequest
	chosenNumber string
	signature    passkey.Signature // signature is empty if the person declined.

	account  store.Account // account belongs to the owner whom the signature names.
	rejected flow.Outcome  // rejected says why the signature is invalid; it is empty if the signature is valid.
}

// ApproveOnPhone is the flow on a phone with which its owner approves a login at a terminal. The owner chooses the number that
// the terminal shows, which proves that they are at that terminal (L2).
func ApproveOnPhone(v *flow.Visit) *flow.Flow { return newApproval(v, &phoneRequest{}) }

func newApproval(v *flow.Visit, asked *phoneRequest) *flow.Flow {
	const numberWrong flow.State = "wrong number"
	a := &approveOnPhoneFlow{visit: v, request: asked}
	f := &flow.Flow{Name: "approve on phone", Start: StateAskPhone}
	f.Steps = withInvalidEdges(map[flow.State]flow.Step{
		StateAskPhone: {
			Title: text.NewFunc("Wil je inloggen?", "Do you want to log in?"),
			Body: func() text.Text {
				return text.New(
					"Iemand wil inloggen bij mijn.nn op terminal "+v.Terminal+". Sta je daar zelf? Kies dan het getal dat op dat scherm staat.",
					"Somebody wants to log in to mijn.nn at terminal "+v.Terminal+". Are you standing there yourself? Then choose the number on that screen.",
				)
			},
			Fields:      []flow.Field{a.numberChoiceField(), a.signatureField()},
			ThrottleKey: a.ownerThrottleKey,
			Prepare:     a.verifySignature,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				outcome, err := a.applyPhoneAnswer(tx)
				// The entry names the customer whom the phone claims to belong to, even if the answer is invalid.
				f.AuditCustomer = a.account.Customer
				return outcome, err
			},
			Next: map[flow.Outcome]flow.Edge{
				outcomeApproved:      {To: StateApproved, Verdict: flow.VerdictRight},
				outcomeDeclined:      {To: StateDeclined},
				outcomeWrongNumber:   {To: numberWrong, Verdict: flow.VerdictWrong, ActivityText: text.New("Niet ingelogd met de NN App: verkeerd getal gekozen", "Not logged in with the NN App: wrong number chosen")},
				outcomeUnknownPhone:  {To: StatePhoneUnknown, Verdict: flow.VerdictWrongAtTerminal},
				outcomePhoneUnpaired: {To: StatePhoneRemoved, Verdict: flow.VerdictWrongAtTerminal, ActivityText: text.New("Geprobeerd in te loggen met een telefoon die niet gekoppeld is", "Tried to log in with a phone that is not paired")},
				outcomeOwnerInactive: {To: StatePhoneRemoved, Verdict: flow.VerdictWrongAtTerminal, ActivityText: text.New("Geprobeerd in te loggen terwijl je toegang geblokkeerd was", "Tried to log in while your access was blocked")},
				outcomeStaleCounter:  {To: StateRejected, Verdict: flow.VerdictWrongAtTerminal, ActivityText: loginNotApprovedText},
				outcomeUnknownCode:   {To: StateRequestOver, Verdict: flow.VerdictWrongAtTerminal},
			},
		},
		StateApproved: {
			Title: text.NewFunc("Gelukt", "Done"),
			Body:  text.NewFunc("Kijk weer op het scherm: daar ga je verder. Deze pagina kun je sluiten.", "Look at the screen again: you go on from there. You can close this page."),
		},
		StateDeclined: {
			Title: text.NewFunc("Geweigerd", "Refused"),
			Body:  text.NewFunc("Er is niemand ingelogd. Probeerde iemand je te laten inloggen? Ga er niet op in.", "Nobody has been logged in. Did somebody try to make you log in? Do not do it."),
		},
		numberWrong: {
			Title: text.NewFunc("Dit is een ander getal", "This is a different number"),
			Body:  text.NewFunc("Op het scherm staat een ander getal. Voor de zekerheid stoppen we. Begin op het scherm opnieuw.", "The screen shows a different number. To be safe, we stopped. Start again on the screen."),
		},
		StatePhoneUnknown: notPairedEnd,
		StatePhoneRemoved: notPairedEnd,
	}, StateAskPhone, loginNotApprovedText)
	return f.Begin(v)
}

// loginNotApprovedText is the text that a customer reads in their activity about an invalid answer of a phone.
var loginNotApprovedText = text.New("Geprobeerd in te loggen met de NN App: niet goedgekeurd", "Tried to log in with the NN App: not approved")

// notPairedEnd is the last step for a phone that is not paired or no longer paired.
var notPairedEnd = flow.Step{
	Title: text.NewFunc("Deze telefoon is niet gekoppeld", "This phone is not paired"),
	Body:  text.NewFunc("Log op het scherm in met je wachtwoord. Daarna kun je deze telefoon koppelen bij Toegang en beveiliging.", "Log in on the screen with your password. After that you can pair this phone under Access and security."),
}

// ownerThrottleKey returns the throttle key of the account that owns the phone. Without a valid signature the key is empty, so that
// nobody else can make the owner wait.
func (a *approveOnPhoneFlow) ownerThrottleKey() string {
	if a.rejected != "" || a.account.Customer == "" {
		return ""
	}
	return desk.PhoneThrottleKey(a.account.Customer)
}

// verifySignature verifies the signature with the keys of the owner whom it names.
func (a *approveOnPhoneFlow) verifySignature(ctx context.Context) error {
	a.account, a.rejected = store.Account{}, ""
	if a.chosenNumber == ChoiceDecline {
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
	if err = a.visit.App.RelyingParty().VerifySignature(a.signature, newPasskeyOwner(a.account), a.request.challenge.Nonce); err != nil {
		a.rejected, err = outcomeForError(err)
	}
	if a.rejected == outcomePhoneUnpaired && a.account.UserHandle == nil { // No account has this user handle.
		a.rejected = outcomeUnknownPhone
	}
	return err
}

// applyPhoneAnswer applies the phone's answer to the challenge.
func (a *approveOnPhoneFlow) applyPhoneAnswer(tx *store.Tx) (flow.Outcome, error) {
	stored, outcome := a.request.loadChallenge(tx)
	if outcome != flow.OutcomePending {
		return outcome, nil
	}
	account, _ := tx.Account(a.account.Customer)
	owner, _ := tx.Customer(account.Customer)
	key := account.Passkey(a.signature.KeyID)
	switch {
	case a.chosenNumber == ChoiceDecline:
		stored.Answer = store.AnswerDeclined
		tx.PutChallenge(a.request.code, stored)
		return outcomeDeclined, nil
	case a.rejected != "":
		outcome = a.rejected
	case key == nil || !bytes.Equal(key.PublicKey, a.account.Passkey(key.ID).PublicKey):
		outcome = outcomePhoneUnpaired // The key was removed after verifySignature.
	case hasCounterDecreased(key.Counter, a.signature.Counter):
		outcome = outcomeStaleCounter
	case !owner.IsActive():
		outcome = outcomeOwnerInactive
	default:
		return a.storeChosenNumber(tx, stored, account, key), nil
	}
	return a.request.countInvalidAnswer(tx, stored, outcome), nil
}

// hasCounterDecreased reports whether a signature counter did not increase, which may mean that somebody copied the key (WebAuthn,
// 6.1.1). Keys without a counter always have 0.
func hasCounterDecreased(was, is uint32) bool { return is <= was && (was > 0 || is > 0) }

// storeChosenNumber stores in the challenge the number that the owner of a key chose.
func (a *approveOnPhoneFlow) storeChosenNumber(tx *store.Tx, stored store.Challenge, account store.Account, key *store.Passkey) flow.Outcome {
	key.Counter = a.signature.Counter
	tx.PutAccount(account)
	outcome := outcomeApproved
	stored.Answer, stored.UserHandle, stored.Passkey = store.AnswerApproved, account.UserHandle, store.Passkey{ID: key.ID}
	if a.chosenNumber != stored.Number {
		outcome, stored.Answer = outcomeWrongNumber, store.AnswerWrongNumber
	}
	tx.PutChallenge(a.request.code, stored)
	return outcome
}

// numberChoiceField asks the owner of the phone to choose one of the numbers or to decline.
func (a *approveOnPhoneFlow) numberChoiceField() flow.Field {
	f := flow.Field{Name: "number", Label: text.New("Getal op het scherm", "Number on the screen")}
	for _, n := range a.request.challenge.Choices {
		f.Options = append(f.Options, flow.Option{Value: n, Name: text.SameInBoth(n)})
	}
	f.Options = append(f.Options, flow.Option{Value: ChoiceDecline, Name: text.New("Nee, dit ben ik niet", "No, this is not me")})
	return flow.ChoiceField(&a.chosenNumber, f)
}

// signatureField asks the phone to sign the challenge.
func (a *approveOnPhoneFlow) signatureField() flow.Field {
	f := flow.Field{Name: "passkey", Kind: flow.KindSignature, Label: text.New("Toegangssleutel", "Passkey"), MaxCharacters: maxBrowserAnswer, Accept: func(s string) (wrong *text.Text) {
		if a.chosenNumber == ChoiceDecline {
			return nil
		}
		var err error
		if a.signature, err = passkey.ParseSignature(s); err != nil {
			wrong = notPhoneAnswerText
		}
		return wrong
	}}
	if e := a.request; a.visit.App.IsReachable() && e.challenge.Nonce != nil {
		f.PasskeyOptions = func() (string, error) {
			return a.visit.App.RelyingParty().SigningOptions(e.challenge.Nonce, e.timeLeft)
		}
	}
	return f
}
