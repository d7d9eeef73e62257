package flows

import (
	"bytes"
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// No is the choice of who did not ask to be logged in.
const No = "no"

// approval is what a phone says to somebody's wish to log in.
type approval struct {
	visit     *Visit
	errand    *errand
	choice    string
	signature passkey.Signature // none with No

	account  store.Account // of which the key is, as it says
	rejected Outcome       // why it shows nothing; none if it does
}

// Approve is what a phone goes through so that a terminal logs its owner in (L2).
// The number that it is to find shows that both are before the same person.
func Approve(v *Visit) *Flow {
	const numberWrong State = "wrong number"
	a := &approval{visit: v, errand: v.errandOf()}
	f := &Flow{Name: "approve on phone", Start: PhoneAsked}
	f.Steps = rejects(map[State]Step{
		PhoneAsked: {
			Says: text.Fixed("Wil je inloggen?", "Do you want to log in?"),
			Tells: func() text.Text {
				return text.New(
					"Iemand wil inloggen bij mijn.nn op terminal "+v.Terminal+". Sta je daar zelf? Kies dan het getal dat op dat scherm staat.",
					"Somebody wants to log in to mijn.nn at terminal "+v.Terminal+". Are you standing there yourself? Then choose the number on that screen.",
				)
			},
			Asks:    []Field{a.choiceField(), a.signatureField()},
			Guards:  a.guards,
			Prepare: a.verify,
			Do: func(tx *store.Tx) (Outcome, error) {
				outcome, err := a.judge(tx)
				f.about = a.account.Customer // as the phone says: like a username, also where the rest is wrong
				return outcome, err
			},
			Next: map[Outcome]Edge{
				approved:     {To: PhoneApproved, Verdict: Right},
				declined:     {To: PhoneDeclined},
				wrongNumber:  {To: numberWrong, Verdict: Wrong},
				unknownPhone: {To: PhoneUnknown, Verdict: Probed},
				formerPhone:  {To: PhoneRemoved, Verdict: Probed},
				staleCounter: {To: PhoneRejected, Verdict: Probed},
				unknownCode:  {To: PhoneOver, Verdict: Probed},
			},
		},
		PhoneApproved: {
			Says:  text.Fixed("Gelukt", "Done"),
			Tells: text.Fixed("Kijk weer op het scherm: daar ga je verder. Deze pagina kun je sluiten.", "Look at the screen again: you go on from there. You can close this page."),
		},
		PhoneDeclined: {
			Says:  text.Fixed("Geweigerd", "Refused"),
			Tells: text.Fixed("Er is niemand ingelogd. Probeerde iemand je te laten inloggen? Ga er niet op in.", "Nobody has been logged in. Did somebody try to make you log in? Do not do it."),
		},
		numberWrong: {
			Says:  text.Fixed("Dit is een ander getal", "This is a different number"),
			Tells: text.Fixed("Op het scherm staat een ander getal. Voor de zekerheid stoppen we. Begin op het scherm opnieuw.", "The screen shows a different number. To be safe, we stopped. Start again on the screen."),
		},
		PhoneUnknown: notPairedEnd,
		PhoneRemoved: notPairedEnd,
	}, PhoneAsked)
	return v.begin(f)
}

// notPairedEnd is where a phone comes to that is not paired, or no longer.
var notPairedEnd = Step{
	Says:  text.Fixed("Deze telefoon is niet gekoppeld", "This phone is not paired"),
	Tells: text.Fixed("Log op het scherm in met je wachtwoord. Daarna kun je deze telefoon koppelen bij Toegang en beveiliging.", "Log in on the screen with your password. After that you can pair this phone under Access and security."),
}

// guards is the account by which the throttle knows whose phone it is, once that is
// sure: nobody else makes its owner wait.
func (a *approval) guards() string {
	if a.choice == No || a.rejected != "" || a.account.Customer == "" {
		return ""
	}
	return desk.PhonesKey(a.account.Customer)
}

// verify looks whether the signature is that of a key of whose it says that it is.
func (a *approval) verify(ctx context.Context) error {
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
	if !a.visit.App.Reachable() {
		return errors.New("no phone can reach this desk")
	}
	if err = a.visit.App.Party().Verify(a.signature, ownerOf(a.account), a.errand.is.Nonce); err != nil {
		a.rejected, err = outcomeOf(err)
	}
	if a.rejected == formerPhone && a.account.Handle == nil { // of nobody here
		a.rejected = unknownPhone
	}
	return err
}

// judge takes the answer of the phone.
func (a *approval) judge(tx *store.Tx) (Outcome, error) {
	is, outcome := a.errand.state(tx)
	if outcome != pending {
		return outcome, nil
	}
	account, _ := tx.Account(a.account.Customer)
	key := account.Passkey(a.signature.KeyID)
	switch {
	case a.choice == No:
		is.Answer = store.Declined
		tx.PutChallenge(a.errand.code, is)
		return declined, nil
	case a.rejected != "":
		outcome = a.rejected
	case key == nil || !bytes.Equal(key.Public, a.account.Passkey(key.ID).Public):
		outcome = formerPhone // removed since verify looked
	case stale(key.Counter, a.signature.Counter):
		outcome = staleCounter
	default:
		return a.take(tx, is, account, key), nil
	}
	return a.errand.reject(tx, is, outcome), nil
}

// stale tells whether a counter did not go up, so that somebody may have copied the key
// (WebAuthn, 6.1.1). Keys that do not count say 0 each time.
func stale(was, is uint32) bool { return is <= was && (was > 0 || is > 0) }

// take keeps what the owner of a key chose.
func (a *approval) take(tx *store.Tx, is store.Challenge, account store.Account, key *store.Passkey) Outcome {
	key.Counter = a.signature.Counter
	tx.PutAccount(account)
	outcome := approved
	is.Answer, is.Handle, is.Passkey = store.Approved, account.Handle, store.Passkey{ID: key.ID}
	if a.choice != is.Number {
		outcome, is.Answer = wrongNumber, store.WrongNumber
	}
	tx.PutChallenge(a.errand.code, is)
	return outcome
}

// choiceField asks for one of the numbers, or for none.
func (a *approval) choiceField() Field {
	f := Field{Name: "number", Label: text.New("Getal op het scherm", "Number on the screen")}
	for _, n := range a.errand.is.Choices {
		f.Options = append(f.Options, Option{n, text.Same(n)})
	}
	f.Options = append(f.Options, Option{No, text.New("Nee, dit ben ik niet", "No, this is not me")})
	return choice(&a.choice, f)
}

// signatureField asks the phone to sign.
func (a *approval) signatureField() Field {
	f := Field{Name: "passkey", Kind: Signature, Label: text.New("Toegangssleutel", "Passkey"), longest: longestSignature, set: func(s string) (wrong *text.Text) {
		if a.choice == No {
			return nil
		}
		var err error
		if a.signature, err = passkey.ReadSignature(s); err != nil {
			wrong = notOfPhone
		}
		return wrong
	}}
	if e := a.errand; a.visit.App.Reachable() && e.is.Nonce != nil {
		f.Request = func() (string, error) { return a.visit.App.Party().Request(e.is.Nonce, e.left) }
	}
	return f
}

// notOfPhone is what is wrong with what no browser says.
var notOfPhone = new(text.New("Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."))

// longestSignature is how long the answer of a browser is at most, in characters.
const longestSignature = 16 << 10
