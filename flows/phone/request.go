package phone

import (
	"context"
	"errors"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// A request is what a phone came for: a challenge, as it was when the phone came.
type request struct {
	code  string
	is    store.Challenge
	owner passkey.Owner // of the key that is to be made
	left  time.Duration // until nobody waits any more
}

// ErrUnknownCode says that there is no challenge with a code.
var ErrUnknownCode = errors.New("there is no challenge with this code")

// Begin begins the visit of a phone that came with a code, and gives the flow by
// which it answers. Open tells whether somebody still waits for the answer; where
// nobody does, an answer is noted and does nothing. With ErrUnknownCode there is a
// flow as well, for answers to be noted.
func Begin(ctx context.Context, d *desk.Desk, code string) (f *flow.Flow, open bool, err error) {
	e, found := &request{code: code}, false
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
	v := flow.NewVisit(&at)
	if e.is.Purpose == store.ToPair {
		return registerFor(v, e), open, err
	}
	return approveFor(v, e), open, err
}

// onPhone is the terminal of phones that came for none: so those who guess at codes
// make nobody else wait.
const onPhone = "app"

// Steps of the flows on a phone that say more than their words do.
const (
	Asked      flow.State = "ask phone"
	Approved   flow.State = "approved"
	Declined   flow.State = "declined"
	Registered flow.State = "registered"
	Rejected   flow.State = "rejected"
	Unknown    flow.State = "phone unknown" // to this desk, which may be one of several on its page
	Removed    flow.State = "phone removed"
	Over       flow.State = "over"
)

// Outcomes of what a phone says.
const (
	answered       flow.Outcome = "answered already"
	nobodyWaits    flow.Outcome = "nobody waits any more"
	unknownCode    flow.Outcome = "unknown code"
	otherChallenge flow.Outcome = "answer to another challenge"
	otherOrigin    flow.Outcome = "answer from another page"
	unverified     flow.Outcome = "holder of the phone not verified"
	notValid       flow.Outcome = "answer does not hold"
	unknownPhone   flow.Outcome = "phone not paired"
	formerPhone    flow.Outcome = "phone not paired any more"
	staleCounter   flow.Outcome = "counter of the key went back"
)

// outcomeOf is the outcome of an answer that package passkey says nothing good of.
func outcomeOf(err error) (flow.Outcome, error) {
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
func (e *request) state(tx *store.Tx) (store.Challenge, flow.Outcome) {
	is, _ := tx.Challenge(e.code)
	switch {
	case e.is.Purpose == "":
		return is, unknownCode
	case is.Open(tx.Now):
		return is, flow.Pending
	case is.Answer == store.Withdrawn:
		return is, nobodyWaits
	case is.Answer != store.Unanswered:
		return is, answered
	}
	return is, late
}

// reject counts an answer that shows nothing. One to another challenge is none to this
// one: whoever has seen an answer once ends nobody's wait with it.
func (e *request) reject(tx *store.Tx, is store.Challenge, why flow.Outcome) flow.Outcome {
	if why == otherChallenge {
		return why
	}
	if is.Wrong++; is.Wrong >= mostWorthless {
		is.Answer = store.Worthless
	}
	tx.PutChallenge(e.code, is)
	return why
}

// rejects gives a step on a phone the edges of answers that show nothing, of which
// the customer is told, and the table the steps where they lead.
func rejects(steps map[flow.State]flow.Step, at flow.State, told text.Text) map[flow.State]flow.Step {
	for _, o := range []flow.Outcome{otherOrigin, unverified, notValid} {
		steps[at].Next[o] = flow.Edge{To: Rejected, Verdict: flow.WrongElsewhere, Told: told}
	}
	steps[at].Next[otherChallenge] = flow.Edge{To: Rejected, Told: told}
	steps[at].Next[answered] = flow.Edge{To: Over}
	steps[at].Next[nobodyWaits] = flow.Edge{To: Over}
	steps[at].Next[late] = flow.Edge{To: Over}
	steps[Rejected] = flow.Step{
		Title: text.Fixed("Dat is niet gelukt", "That did not work"),
		Body:  text.Fixed("We konden je telefoon niet herkennen. Scan de code op het scherm opnieuw, of vraag daar een nieuwe aan.", "We could not recognise your phone. Scan the code on the screen again, or ask for a new one there."),
	}
	steps[Over] = flow.Step{
		Title: text.Fixed("Deze code werkt niet meer", "This code no longer works"),
		Body:  text.Fixed("Hij is verlopen of al gebruikt, of er wacht niemand meer op. Begin op het scherm opnieuw en scan de nieuwe code.", "It has expired, has been used already, or nobody is waiting for it any more. Start again on the screen and scan the new code."),
	}
	return steps
}
