package flows

import (
	"bytes"
	"context"
	"errors"

	"loket/flows/passkey"
	"loket/store"
)

// no is the choice of who did not ask to be logged in.
const no = "no"

// approval is what a phone says to somebody's wish to log in.
type approval struct {
	visit     *Visit
	choice    string
	signature passkey.Signature // none with no

	account  store.Account // of which the key is, as it says
	rejected Outcome       // why it shows nothing; none if it does
}

// Approve is what a phone goes through so that a terminal logs its owner in (L2).
// The number that it is to find shows that both are before the same person.
func Approve(v *Visit) *Flow {
	const numberWrong State = "wrong number"
	if v.asked == nil {
		v.asked = &question{}
	}
	a := &approval{visit: v}
	f := &Flow{Name: "approve on phone", Start: PhoneAsked}
	f.Steps = rejects(map[State]Step{
		PhoneAsked: {
			Says: say("Wil je inloggen?", "Do you want to log in?"),
			Tells: func() Text {
				return Text{
					"Iemand wil inloggen bij mijn.nn op terminal " + v.Terminal + ". Sta je daar zelf? Kies dan het getal dat op dat scherm staat.",
					"Somebody wants to log in to mijn.nn at terminal " + v.Terminal + ". Are you standing there yourself? Then choose the number on that screen.",
				}
			},
			Asks:    []Field{a.choiceField(), a.signatureField()},
			Guards:  a.guards,
			Prepare: a.verify,
			Do: func(tx *store.Tx) (Outcome, error) {
				outcome, err := a.judge(tx)
				f.about = a.account.Customer
				return outcome, err
			},
			Next: map[Outcome]Edge{
				approved:     {To: PhoneApproved, Verdict: Right},
				declined:     {To: PhoneDeclined},
				wrongNumber:  {To: numberWrong, Verdict: Wrong},
				unknownPhone: {To: PhoneUnknown, Verdict: Probed},
				staleCounter: {To: PhoneRejected, Verdict: Probed},
				unknownCode:  {To: PhoneOver, Verdict: Probed},
			},
		},
		PhoneApproved: {
			Says:  say("Gelukt", "Done"),
			Tells: say("Kijk weer op het scherm: je bent daar ingelogd. Deze pagina kun je sluiten.", "Look at the screen again: you are logged in there. You can close this page."),
		},
		PhoneDeclined: {
			Says:  say("Geweigerd", "Refused"),
			Tells: say("Er is niemand ingelogd. Probeerde iemand je te laten inloggen? Ga er niet op in.", "Nobody has been logged in. Did somebody try to make you log in? Do not do it."),
		},
		numberWrong: {
			Says:  say("Dit is een ander getal", "This is a different number"),
			Tells: say("Op het scherm staat een ander getal. Voor de zekerheid stoppen we. Begin op het scherm opnieuw.", "The screen shows a different number. To be safe, we stopped. Start again on the screen."),
		},
		PhoneUnknown: {
			Says:  say("Deze telefoon is niet gekoppeld", "This phone is not paired"),
			Tells: say("Log op het scherm in met je wachtwoord. Daarna kun je deze telefoon koppelen bij Toegang en beveiliging.", "Log in on the screen with your password. After that you can pair this phone under Access and security."),
		},
	}, PhoneAsked)
	return v.begin(f)
}

// guards is the account by which the throttle knows whose phone it is, once that is
// sure: nobody else makes its owner wait.
func (a *approval) guards() string {
	if a.choice == no || a.rejected != "" || a.account.Customer == "" {
		return ""
	}
	return appOf(a.account.Customer)
}

// verify looks whether the signature is that of a key of whose it says that it is.
func (a *approval) verify(ctx context.Context) error {
	a.account, a.rejected = store.Account{}, ""
	if a.choice == no {
		return nil
	}
	err := a.visit.Store.View(ctx, func(tx *store.Tx) error {
		a.account, _ = tx.AccountHandled(a.signature.Handle)
		return nil
	})
	if err != nil {
		return err
	}
	if !a.visit.App.reachable() {
		return errors.New("no phone can reach this desk")
	}
	if err = a.visit.App.party.Verify(a.signature, ownerOf(a.account), a.visit.asked.is.Nonce); err != nil {
		a.rejected, err = shown(err)
	}
	return err
}

// judge takes the answer of the phone.
func (a *approval) judge(tx *store.Tx) (Outcome, error) {
	is, outcome := a.visit.asked.state(tx)
	if outcome != pending {
		return outcome, nil
	}
	account, _ := tx.Account(a.account.Customer)
	key := account.Passkey(a.signature.KeyID)
	switch {
	case a.choice == no:
		is.Answer = store.Declined
		tx.PutChallenge(a.visit.asked.code, is)
		return declined, nil
	case a.rejected != "":
		outcome = a.rejected
	case key == nil || !bytes.Equal(key.Public, a.account.Passkey(key.ID).Public):
		outcome = unknownPhone // removed since verify looked
	case a.signature.Counter <= key.Counter && a.signature.Counter+key.Counter != 0:
		outcome = staleCounter // so that somebody may have copied the key (WebAuthn, 6.1.1)
	default:
		return a.take(tx, is, account, key), nil
	}
	a.visit.asked.reject(tx, is)
	return outcome, nil
}

// take keeps what the owner of a key chose.
func (a *approval) take(tx *store.Tx, is store.Challenge, account store.Account, key *store.Passkey) Outcome {
	key.Counter = a.signature.Counter
	tx.PutAccount(account)
	outcome := approved
	is.Answer, is.Handle, is.Passkey = store.Approved, account.Handle, *key
	if a.choice != is.Number {
		outcome, is.Answer = wrongNumber, store.WrongNumber
	}
	tx.PutChallenge(a.visit.asked.code, is)
	return outcome
}

// choiceField asks for one of the numbers, or for none.
func (a *approval) choiceField() Field {
	f := Field{Name: "number", Label: Text{"Getal op het scherm", "Number on the screen"}}
	for _, n := range a.visit.asked.is.Choices {
		f.Options = append(f.Options, Option{n, Both(n)})
	}
	f.Options = append(f.Options, Option{no, Text{"Nee, dit ben ik niet", "No, this is not me"}})
	return choice(&a.choice, f)
}

// signatureField asks the phone to sign.
func (a *approval) signatureField() Field {
	f := Field{Name: "passkey", Kind: Signature, Label: Text{"Toegangssleutel", "Passkey"}, longest: longestSignature, set: func(s string) (wrong *Text) {
		if a.choice == no {
			return nil
		}
		var err error
		if a.signature, err = passkey.ReadSignature(s); err != nil {
			wrong = &Text{"Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."}
		}
		return wrong
	}}
	if q := a.visit.asked; a.visit.App.reachable() && q.is.Nonce != nil {
		f.Request = func() (string, error) { return a.visit.App.party.Request(q.is.Nonce) }
	}
	return f
}

// longestSignature is how long the answer of a browser is at most, in characters.
const longestSignature = 16 << 10
