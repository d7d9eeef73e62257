package flows

import (
	"context"
	"errors"

	"loket/flows/passkey"
	"loket/store"
)

// registration is the key that a phone made.
type registration struct {
	visit    *Visit
	answer   string
	key      passkey.Key
	rejected Outcome
	number   string
}

// Register is what a phone goes through to be paired: it makes a key, and shows the
// number by which its owner tells the terminal that it is theirs (L2).
func Register(v *Visit) *Flow {
	if v.asked == nil {
		v.asked = &question{}
	}
	r := &registration{visit: v}
	f := &Flow{Name: "register on phone", Start: PhoneAsked}
	f.Steps = rejects(map[State]Step{
		PhoneAsked: {
			Says: say("Wil je deze telefoon koppelen?", "Do you want to pair this phone?"),
			Tells: func() Text {
				return Text{
					"Je koppelt deze telefoon aan de mijn.nn-account die nu open staat op terminal " + v.Terminal + ". Je telefoon vraagt om je vinger, je gezicht of je pincode.",
					"You are pairing this phone with the mijn.nn account that is open at terminal " + v.Terminal + ". Your phone will ask for your finger, your face or your PIN.",
				}
			},
			Asks:    []Field{r.field()},
			Guards:  func() string { return "" },
			Prepare: r.verify,
			Do: func(tx *store.Tx) (Outcome, error) {
				outcome, about := r.judge(tx)
				f.about = about
				return outcome, nil
			},
			Next: map[Outcome]Edge{registered: {To: PhoneRegistered}},
		},
		PhoneRegistered: {
			Says:  say("Typ dit getal op het scherm", "Type this number on the screen"),
			Tells: say("Dan is deze telefoon gekoppeld, en kun je deze pagina sluiten.", "Then this phone is paired, and you can close this page."),
			Shows: func() Scan { return Scan{Number: r.number} },
		},
	}, PhoneAsked)
	return v.begin(f)
}

// verify looks whether the phone made a key.
func (r *registration) verify(context.Context) (err error) {
	if !r.visit.App.reachable() {
		return errors.New("no phone can reach this desk")
	}
	q := r.visit.asked
	r.rejected = ""
	if r.key, err = r.visit.App.party.Created(q.owner, q.is.Nonce, r.answer); err != nil {
		r.rejected, err = shown(err)
	}
	return err
}

// judge keeps the key with the challenge, until its owner has shown that it is theirs.
func (r *registration) judge(tx *store.Tx) (Outcome, store.CustomerID) {
	is, outcome := r.visit.asked.state(tx)
	a, _ := tx.AccountHandled(is.Handle)
	switch {
	case outcome != pending:
		return outcome, a.Customer
	case r.rejected != "":
		r.visit.asked.reject(tx, is)
		return r.rejected, a.Customer
	}
	is.Answer = store.Approved
	is.Passkey = store.Passkey{ID: r.key.ID, Public: r.key.Public, Counter: r.key.Counter, BackedUp: r.key.BackedUp}
	tx.PutChallenge(r.visit.asked.code, is)
	r.number = is.Number
	return registered, a.Customer
}

// field asks the phone to make a key.
func (r *registration) field() Field {
	f := Field{Name: "passkey", Kind: NewPasskey, Label: Text{"Toegangssleutel", "Passkey"}, longest: longestSignature, set: func(s string) *Text {
		r.answer = s
		if !passkey.IsCreated(s) {
			return &Text{"Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."}
		}
		return nil
	}}
	if q := r.visit.asked; r.visit.App.reachable() && q.owner.Handle != nil {
		f.Request = func() (string, error) { return r.visit.App.party.Creation(q.owner, q.is.Nonce) }
	}
	return f
}
