package phone

import (
	"context"
	"errors"

	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// registerOnPhone is the key that a phone made.
type registerOnPhone struct {
	visit    *flow.Visit
	request  *request
	made     passkey.Made
	key      passkey.Key
	rejected flow.Outcome
	number   string
}

// RegisterOnPhone is what a phone goes through to be paired: it makes a key, and shows the
// number by which its owner tells the terminal that it is theirs (L2).
func RegisterOnPhone(v *flow.Visit) *flow.Flow { return registerFor(v, &request{}) }

func registerFor(v *flow.Visit, asked *request) *flow.Flow {
	r := &registerOnPhone{visit: v, request: asked}
	f := &flow.Flow{Name: "register on phone", Start: Asked}
	f.Steps = rejects(map[flow.State]flow.Step{
		Asked: {
			Title: text.Fixed("Wil je deze telefoon koppelen?", "Do you want to pair this phone?"),
			Body: func() text.Text {
				return text.New(
					"Je koppelt deze telefoon aan het mijn.nn-account dat nu open staat op terminal "+v.Terminal+". Je telefoon vraagt om je vinger, je gezicht of je pincode.",
					"You are pairing this phone with the mijn.nn account that is open at terminal "+v.Terminal+". Your phone will ask for your finger, your face or your PIN.",
				)
			},
			Fields:      []flow.Field{r.field()},
			ThrottleKey: func() string { return "" },
			Prepare:     r.verify,
			Do: func(tx *store.Tx) (flow.Outcome, error) {
				outcome, about := r.judge(tx)
				f.About = about
				return outcome, nil
			},
			Next: map[flow.Outcome]flow.Edge{registered: {To: Registered}},
		},
		Registered: {
			Title: text.Fixed("Typ dit getal op het scherm", "Type this number on the screen"),
			Body:  text.Fixed("Dan is deze telefoon gekoppeld, en kun je deze pagina sluiten.", "Then this phone is paired, and you can close this page."),
			Scan:  func() flow.Scan { return flow.Scan{Number: r.number} },
		},
	}, Asked, text.Text{})
	return f.Begin(v)
}

// verify looks whether the phone made a key.
func (r *registerOnPhone) verify(context.Context) (err error) {
	if !r.visit.App.Reachable() {
		return errors.New("no phone can reach this desk")
	}
	r.rejected = ""
	if r.key, err = r.visit.App.Party().Created(r.made, r.request.owner, r.request.is.Nonce); err != nil {
		r.rejected, err = outcomeOf(err)
	}
	return err
}

// judge keeps the key with the challenge, until its owner has shown that it is theirs.
func (r *registerOnPhone) judge(tx *store.Tx) (flow.Outcome, store.CustomerID) {
	is, outcome := r.request.state(tx)
	a, _ := tx.AccountByHandle(is.Handle)
	switch {
	case outcome != flow.Pending:
		return outcome, a.Customer
	case r.rejected != "":
		return r.request.reject(tx, is, r.rejected), a.Customer
	}
	is.Answer, is.Expires = store.Approved, tx.Now.Add(r.visit.Settings.AppPairing) // to type the number
	is.Passkey = store.Passkey{ID: r.key.ID, Public: r.key.Public, Counter: r.key.Counter, Syncable: r.key.Syncable, Reached: r.key.Reached}
	tx.PutChallenge(r.request.code, is)
	r.number = is.Number
	return registered, a.Customer
}

// field asks the phone to make a key.
func (r *registerOnPhone) field() flow.Field {
	f := flow.Field{Name: "passkey", Kind: flow.NewPasskey, Label: text.New("Toegangssleutel", "Passkey"), Limit: longestSignature, Accept: func(s string) (wrong *text.Text) {
		var err error
		if r.made, err = passkey.ReadMade(s); err != nil {
			wrong = notOfPhone
		}
		return wrong
	}}
	if e := r.request; r.visit.App.Reachable() && e.owner.Handle != nil {
		f.Request = func() (string, error) { return r.visit.App.Party().Creation(e.owner, e.is.Nonce, e.left) }
	}
	return f
}
