package flows

import (
	"context"
	"errors"

	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// registration is the key that a phone made.
type registration struct {
	visit    *Visit
	errand   *errand
	made     passkey.Made
	key      passkey.Key
	rejected Outcome
	number   string
}

// Register is what a phone goes through to be paired: it makes a key, and shows the
// number by which its owner tells the terminal that it is theirs (L2).
func Register(v *Visit) *Flow {
	r := &registration{visit: v, errand: v.errandOf()}
	f := &Flow{Name: "register on phone", Start: PhoneAsked}
	f.Steps = rejects(map[State]Step{
		PhoneAsked: {
			Says: text.Fixed("Wil je deze telefoon koppelen?", "Do you want to pair this phone?"),
			Tells: func() text.Text {
				return text.New(
					"Je koppelt deze telefoon aan het mijn.nn-account dat nu open staat op terminal "+v.Terminal+". Je telefoon vraagt om je vinger, je gezicht of je pincode.",
					"You are pairing this phone with the mijn.nn account that is open at terminal "+v.Terminal+". Your phone will ask for your finger, your face or your PIN.",
				)
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
			Says:  text.Fixed("Typ dit getal op het scherm", "Type this number on the screen"),
			Tells: text.Fixed("Dan is deze telefoon gekoppeld, en kun je deze pagina sluiten.", "Then this phone is paired, and you can close this page."),
			Shows: func() Scan { return Scan{Number: r.number} },
		},
	}, PhoneAsked)
	return v.begin(f)
}

// verify looks whether the phone made a key.
func (r *registration) verify(context.Context) (err error) {
	if !r.visit.App.Reachable() {
		return errors.New("no phone can reach this desk")
	}
	r.rejected = ""
	if r.key, err = r.visit.App.Party().Created(r.made, r.errand.owner, r.errand.is.Nonce); err != nil {
		r.rejected, err = outcomeOf(err)
	}
	return err
}

// judge keeps the key with the challenge, until its owner has shown that it is theirs.
func (r *registration) judge(tx *store.Tx) (Outcome, store.CustomerID) {
	is, outcome := r.errand.state(tx)
	a, _ := tx.AccountByHandle(is.Handle)
	switch {
	case outcome != pending:
		return outcome, a.Customer
	case r.rejected != "":
		return r.errand.reject(tx, is, r.rejected), a.Customer
	}
	is.Answer, is.Expires = store.Approved, tx.Now.Add(r.visit.Settings.AppPairing) // to type the number
	is.Passkey = store.Passkey{ID: r.key.ID, Public: r.key.Public, Counter: r.key.Counter, Syncable: r.key.Syncable, Reached: r.key.Reached}
	tx.PutChallenge(r.errand.code, is)
	r.number = is.Number
	return registered, a.Customer
}

// field asks the phone to make a key.
func (r *registration) field() Field {
	f := Field{Name: "passkey", Kind: NewPasskey, Label: text.New("Toegangssleutel", "Passkey"), longest: longestSignature, set: func(s string) (wrong *text.Text) {
		var err error
		if r.made, err = passkey.ReadMade(s); err != nil {
			wrong = notOfPhone
		}
		return wrong
	}}
	if e := r.errand; r.visit.App.Reachable() && e.owner.Handle != nil {
		f.Request = func() (string, error) { return r.visit.App.Party().Creation(e.owner, e.is.Nonce, e.left) }
	}
	return f
}
