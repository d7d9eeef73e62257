package phone

import (
	"context"
	"errors"

	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// registerOnPhoneFlow holds the answer of a phone that creates a key.
type registerOnPhoneFlow struct {
	visit    *flow.Visit
	request  *phoneRequest
	answer   passkey.CreationAnswer
	key      passkey.StoredKey
	rejected flow.Outcome
	number   string
}

// outcomeRegistered means that the phone has created a key.
const outcomeRegistered flow.Outcome = "passkey made"

// RegisterOnPhone is the flow on a phone that is being paired (L2). The phone creates a key and shows a number. By typing that
// number at the terminal, the customer proves that the phone is theirs.
func RegisterOnPhone(v *flow.Visit) *flow.Flow { return newRegistration(v, &phoneRequest{}) }

func newRegistration(v *flow.Visit, asked *phoneRequest) *flow.Flow {
	r := &registerOnPhoneFlow{visit: v, request: asked}
	f := &flow.Flow{Name: "register on phone", Start: StateAskPhone}
	f.Steps = withInvalidEdges(map[flow.State]flow.Step{
		StateAskPhone: {
			Title: text.NewFunc("Wil je deze telefoon koppelen?", "Do you want to pair this phone?"),
			Body: func() text.Text {
				return text.New(
					"Je koppelt deze telefoon aan het mijn.nn-account dat nu open staat op terminal "+v.Terminal+". Je telefoon vraagt om je vinger, je gezicht of je pincode.",
					"You are pairing this phone with the mijn.nn account that is open at terminal "+v.Terminal+". Your phone will ask for your finger, your face or your PIN.",
				)
			},
			Fields:      []flow.Field{r.passkeyField()},
			ThrottleKey: func() string { return "" },
			Prepare:     r.verifyKey,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				outcome, about := r.storeKey(tx)
				f.AuditCustomer = about
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{outcomeRegistered: {To: StateRegistered}},
		},
		StateRegistered: {
			Title:       text.NewFunc("Typ dit getal op het scherm", "Type this number on the screen"),
			Body:        text.NewFunc("Dan is deze telefoon gekoppeld, en kun je deze pagina sluiten.", "Then this phone is paired, and you can close this page."),
			PhoneAccess: func() flow.PhoneAccess { return flow.PhoneAccess{MatchNumber: r.number} },
		},
	}, StateAskPhone, text.Text{})
	return f.Begin(v)
}

// verifyKey verifies the phone's answer and extracts the new key from it.
func (r *registerOnPhoneFlow) verifyKey(context.Context) (err error) {
	if !r.visit.App.IsReachable() {
		return errors.New("no phone can reach this desk")
	}
	r.rejected = ""
	if r.key, err = r.visit.App.RelyingParty().VerifyCreation(r.answer, r.request.owner, r.request.challenge.Nonce); err != nil {
		r.rejected, err = outcomeForError(err)
	}
	return err
}

// storeKey stores the new key in the challenge. The key stays there until the customer proves that the phone is theirs.
func (r *registerOnPhoneFlow) storeKey(tx *store.Tx) (flow.Outcome, store.CustomerID) {
	stored, outcome := r.request.loadChallenge(tx)
	a, _ := tx.AccountByHandle(stored.UserHandle)
	switch {
	case outcome != flow.OutcomePending:
		return outcome, a.Customer
	case r.rejected != "":
		return r.request.countInvalidAnswer(tx, stored, r.rejected), a.Customer
	}
	stored.Answer = store.AnswerApproved
	stored.Passkey = store.Passkey{ID: r.key.ID, PublicKey: r.key.Public, Counter: r.key.Counter, Syncable: r.key.Syncable, Transports: r.key.Transports}
	tx.PutChallenge(r.request.code, stored)
	r.number = stored.Number
	return outcomeRegistered, a.Customer
}

// passkeyField asks the phone to create a key.
func (r *registerOnPhoneFlow) passkeyField() flow.Field {
	f := flow.Field{Name: "passkey", Kind: flow.KindNewPasskey, Label: text.New("Toegangssleutel", "Passkey"), MaxCharacters: maxBrowserAnswer, Accept: func(s string) (wrong *text.Text) {
		var err error
		if r.answer, err = passkey.ParseCreation(s); err != nil {
			wrong = notPhoneAnswerText
		}
		return wrong
	}}
	if e := r.request; r.visit.App.IsReachable() && e.owner.Handle != nil {
		f.PasskeyOptions = func() (string, error) {
			return r.visit.App.RelyingParty().CreationOptions(e.owner, e.challenge.Nonce, e.timeLeft)
		}
	}
	return f
}
