package flows

import (
	"context"
	"errors"

	"loket/flows/passkey"
	"loket/store"
)

// A question is what a phone came for: a challenge, as it was when the phone came.
type question struct {
	code  string
	is    store.Challenge
	owner passkey.Owner // of the key that is to be made
}

// ErrUnknownCode says that there is no challenge with a code.
var ErrUnknownCode = errors.New("there is no challenge with this code")

// OnPhone begins the visit of a phone that came with a code, and gives the flow by
// which it answers. Open tells whether somebody still waits for the answer; where
// nobody does, an answer is noted and does nothing. With ErrUnknownCode there is a
// flow as well, for answers to be noted.
func (d *Desk) OnPhone(ctx context.Context, code string) (f *Flow, open bool, err error) {
	q, found := &question{code: code}, false
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		q.is, found = tx.Challenge(code)
		open = found && q.is.Answer == store.Unanswered && tx.Now.Before(q.is.Expires)
		if a, known := tx.AccountHandled(q.is.Handle); known {
			q.owner = ownerOf(a)
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	at := *d
	at.Terminal = q.is.Terminal
	if !found {
		at.Terminal, err = onPhone, ErrUnknownCode
	}
	v := at.Visit()
	v.asked = q
	if q.is.Purpose == store.ToPair {
		return Register(v), open, err
	}
	return Approve(v), open, err
}

// onPhone is the terminal of phones that came for none: so those who guess at codes
// make nobody else wait.
const onPhone = "app"

// Steps of the flows on a phone that say more than their words do.
const (
	PhoneAsked      State = "ask phone"
	PhoneApproved   State = "approved"
	PhoneDeclined   State = "declined"
	PhoneRegistered State = "registered"
	PhoneRejected   State = "rejected"
	PhoneUnknown    State = "phone unknown"
	PhoneOver       State = "over"
)

// Outcomes of what a phone says.
const (
	answered       Outcome = "answered already"
	unknownCode    Outcome = "unknown code"
	otherChallenge Outcome = "answer to another challenge"
	otherOrigin    Outcome = "answer from another page"
	unverified     Outcome = "holder of the phone not verified"
	notSigned      Outcome = "not signed with the key"
	unknownPhone   Outcome = "phone not paired"
	staleCounter   Outcome = "counter of the key went back"
)

// shown is the outcome of an answer that package passkey says nothing good of.
func shown(err error) (Outcome, error) {
	switch {
	case errors.Is(err, passkey.ErrOtherChallenge):
		return otherChallenge, nil
	case errors.Is(err, passkey.ErrOtherOrigin):
		return otherOrigin, nil
	case errors.Is(err, passkey.ErrUnverified):
		return unverified, nil
	case errors.Is(err, passkey.ErrUnknownKey):
		return unknownPhone, nil
	case errors.Is(err, passkey.ErrNotSigned):
		return notSigned, nil
	}
	return "", err
}

// mostRejected is how many answers that show nothing a challenge takes: it is
// declined then, and the visitor begins anew.
const mostRejected = 3

// state looks at the challenge that a phone came for. One that is gone has expired.
func (q *question) state(tx *store.Tx) (store.Challenge, Outcome) {
	is, _ := tx.Challenge(q.code)
	switch {
	case q.is.Purpose == "":
		return is, unknownCode
	case is.Answer != store.Unanswered:
		return is, answered
	case !tx.Now.Before(is.Expires):
		return is, expired
	}
	return is, pending
}

// reject counts an answer that shows nothing.
func (q *question) reject(tx *store.Tx, is store.Challenge) {
	if is.Wrong++; is.Wrong >= mostRejected {
		is.Answer = store.Declined
	}
	tx.PutChallenge(q.code, is)
}

// rejects gives a step on a phone the edges of answers that show nothing, and the
// table the steps where they lead.
func rejects(steps map[State]Step, at State) map[State]Step {
	for _, o := range []Outcome{otherChallenge, otherOrigin, unverified, notSigned} {
		steps[at].Next[o] = Edge{To: PhoneRejected, Verdict: Probed}
	}
	steps[at].Next[answered] = Edge{To: PhoneOver}
	steps[at].Next[expired] = Edge{To: PhoneOver}
	steps[PhoneRejected] = Step{
		Says:  say("Dat is niet gelukt", "That did not work"),
		Tells: say("We konden je telefoon niet herkennen. Scan de code op het scherm opnieuw, of vraag daar een nieuwe aan.", "We could not recognise your phone. Scan the code on the screen again, or ask for a new one there."),
	}
	steps[PhoneOver] = Step{
		Says:  say("Deze code werkt niet meer", "This code no longer works"),
		Tells: say("Hij is verlopen of al gebruikt. Begin op het scherm opnieuw en scan de nieuwe code.", "It has expired or has been used already. Start again on the screen and scan the new code."),
	}
	return steps
}
