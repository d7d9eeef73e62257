package flows

import (
	"context"
	"errors"
	"time"

	"loket/flows/desk"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// An errand is what a phone came for: a challenge, as it was when the phone came.
type errand struct {
	code  string
	is    store.Challenge
	owner passkey.Owner // of the key that is to be made
	left  time.Duration // until nobody waits any more
}

// errandOf is what a phone came for: nothing, where the visitor is none.
func (v *Visit) errandOf() *errand {
	if v.errand == nil {
		v.errand = &errand{}
	}
	return v.errand
}

// ErrUnknownCode says that there is no challenge with a code.
var ErrUnknownCode = errors.New("there is no challenge with this code")

// BeginOnPhone begins the visit of a phone that came with a code, and gives the flow by
// which it answers. Open tells whether somebody still waits for the answer; where
// nobody does, an answer is noted and does nothing. With ErrUnknownCode there is a
// flow as well, for answers to be noted.
func BeginOnPhone(ctx context.Context, d *desk.Desk, code string) (f *Flow, open bool, err error) {
	e, found := &errand{code: code}, false
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		e.is, found = tx.Challenge(code)
		open = e.is.Open(tx.Now)
		if a, known := tx.AccountByHandle(e.is.Handle); known {
			e.owner = ownerOf(a)
		}
		e.left = e.is.Expires.Sub(tx.Now)
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	at := *d
	at.Terminal = e.is.Terminal
	if !found {
		at.Terminal, err = onPhone, ErrUnknownCode
	}
	v := NewVisit(&at)
	v.errand = e
	if e.is.Purpose == store.ToPair {
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
	PhoneUnknown    State = "phone unknown" // to this desk, which may be one of several on its page
	PhoneRemoved    State = "phone removed"
	PhoneOver       State = "over"
)

// Outcomes of what a phone says.
const (
	answered       Outcome = "answered already"
	nobodyWaits    Outcome = "nobody waits any more"
	unknownCode    Outcome = "unknown code"
	otherChallenge Outcome = "answer to another challenge"
	otherOrigin    Outcome = "answer from another page"
	unverified     Outcome = "holder of the phone not verified"
	notValid       Outcome = "answer does not hold"
	unknownPhone   Outcome = "phone not paired"
	formerPhone    Outcome = "phone not paired any more"
	staleCounter   Outcome = "counter of the key went back"
)

// outcomeOf is the outcome of an answer that package passkey says nothing good of.
func outcomeOf(err error) (Outcome, error) {
	switch {
	case errors.Is(err, passkey.ErrOtherChallenge):
		return otherChallenge, nil
	case errors.Is(err, passkey.ErrOtherOrigin):
		return otherOrigin, nil
	case errors.Is(err, passkey.ErrUnverified):
		return unverified, nil
	case errors.Is(err, passkey.ErrUnknownKey):
		return formerPhone, nil
	case errors.Is(err, passkey.ErrNotValid):
		return notValid, nil
	}
	return "", err
}

// mostWorthless is how many answers that show nothing a challenge takes: after that the
// visitor begins anew.
const mostWorthless = 3

// state looks at the challenge that a phone came for. One that is gone has expired.
func (e *errand) state(tx *store.Tx) (store.Challenge, Outcome) {
	is, _ := tx.Challenge(e.code)
	switch {
	case e.is.Purpose == "":
		return is, unknownCode
	case is.Open(tx.Now):
		return is, pending
	case is.Answer == store.Withdrawn:
		return is, nobodyWaits
	case is.Answer != store.Unanswered:
		return is, answered
	}
	return is, expired
}

// reject counts an answer that shows nothing. One to another challenge is none to this
// one: whoever has seen an answer once ends nobody's wait with it.
func (e *errand) reject(tx *store.Tx, is store.Challenge, why Outcome) Outcome {
	if why == otherChallenge {
		return why
	}
	if is.Wrong++; is.Wrong >= mostWorthless {
		is.Answer = store.Worthless
	}
	tx.PutChallenge(e.code, is)
	return why
}

// rejects gives a step on a phone the edges of answers that show nothing, and the
// table the steps where they lead.
func rejects(steps map[State]Step, at State) map[State]Step {
	for _, o := range []Outcome{otherOrigin, unverified, notValid} {
		steps[at].Next[o] = Edge{To: PhoneRejected, Verdict: Probed}
	}
	steps[at].Next[otherChallenge] = Edge{To: PhoneRejected}
	steps[at].Next[answered] = Edge{To: PhoneOver}
	steps[at].Next[nobodyWaits] = Edge{To: PhoneOver}
	steps[at].Next[expired] = Edge{To: PhoneOver}
	steps[PhoneRejected] = Step{
		Says:  text.Fixed("Dat is niet gelukt", "That did not work"),
		Tells: text.Fixed("We konden je telefoon niet herkennen. Scan de code op het scherm opnieuw, of vraag daar een nieuwe aan.", "We could not recognise your phone. Scan the code on the screen again, or ask for a new one there."),
	}
	steps[PhoneOver] = Step{
		Says:  text.Fixed("Deze code werkt niet meer", "This code no longer works"),
		Tells: text.Fixed("Hij is verlopen of al gebruikt, of er wacht niemand meer op. Begin op het scherm opnieuw en scan de nieuwe code.", "It has expired, has been used already, or nobody is waiting for it any more. Start again on the screen and scan the new code."),
	}
	return steps
}
