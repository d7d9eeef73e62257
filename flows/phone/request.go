package phone

import (
	"errors"
	"time"

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

// Steps of the flows on a phone that say more than their words do.
const (
	PhoneAsked   flow.State = "ask phone"
	Approved     flow.State = "approved"
	Declined     flow.State = "declined"
	Registered   flow.State = "registered"
	Rejected     flow.State = "rejected"
	PhoneUnknown flow.State = "phone unknown" // to this desk, which may be one of several on its page
	PhoneRemoved flow.State = "phone removed"
	RequestOver  flow.State = "over"
)

// Outcomes of what a phone says.
const (
	alreadyAnswered  flow.Outcome = "answered already"
	noLongerAwaited  flow.Outcome = "nobody waits any more"
	unknownCode      flow.Outcome = "unknown code"
	otherChallenge   flow.Outcome = "answer to another challenge"
	otherOrigin      flow.Outcome = "answer from another page"
	holderUnverified flow.Outcome = "holder of the phone not verified"
	badSignature     flow.Outcome = "answer does not hold"
	unknownPhone     flow.Outcome = "phone not paired"
	formerPhone      flow.Outcome = "phone not paired any more"
	ownerInactive    flow.Outcome = "phone of somebody who is blocked or gone"
	staleCounter     flow.Outcome = "counter of the key went back"
)

// outcomeOf is the outcome of an answer that package passkey says nothing good of.
func outcomeOf(err error) (flow.Outcome, error) {
	switch {
	case errors.Is(err, passkey.ErrOtherChallenge):
		return otherChallenge, nil
	case errors.Is(err, passkey.ErrOtherOrigin):
		return otherOrigin, nil
	case errors.Is(err, passkey.ErrUnverified):
		return holderUnverified, nil
	case errors.Is(err, passkey.ErrUnknownKey):
		return formerPhone, nil
	case errors.Is(err, passkey.ErrBadSignature):
		return badSignature, nil
	}
	return "", err
}

// maxInvalid is how many answers that show nothing a challenge takes: after that the
// visitor begins anew.
const maxInvalid = 3

// loadChallenge looks at the challenge that a phone came for. One that is gone has expired.
func (e *request) loadChallenge(tx *store.Tx) (store.Challenge, flow.Outcome) {
	is, _ := tx.Challenge(e.code)
	switch {
	case e.is.Purpose == "":
		return is, unknownCode
	case is.IsUnanswered(tx.Now):
		return is, flow.Pending
	case is.Answer == store.Withdrawn:
		return is, noLongerAwaited
	case is.Answer != store.Unanswered:
		return is, alreadyAnswered
	}
	return is, challengeExpired
}

// countInvalid counts an answer that shows nothing. An answer to another challenge does not
// count: whoever has seen an answer once ends nobody's wait with it.
func (e *request) countInvalid(tx *store.Tx, is store.Challenge, why flow.Outcome) flow.Outcome {
	if why == otherChallenge {
		return why
	}
	if is.Wrong++; is.Wrong >= maxInvalid {
		is.Answer = store.InvalidAnswers
	}
	tx.PutChallenge(e.code, is)
	return why
}

// withInvalidEdges gives a step on a phone the edges of answers that show nothing, of which
// the customer is told, and the table the steps where they lead.
func withInvalidEdges(steps map[flow.State]flow.Step, at flow.State, told text.Text) map[flow.State]flow.Step {
	for _, o := range []flow.Outcome{otherOrigin, holderUnverified, badSignature} {
		steps[at].Next[o] = flow.Edge{To: Rejected, Verdict: flow.WrongElsewhere, Told: told}
	}
	steps[at].Next[otherChallenge] = flow.Edge{To: Rejected, Told: told}
	steps[at].Next[alreadyAnswered] = flow.Edge{To: RequestOver}
	steps[at].Next[noLongerAwaited] = flow.Edge{To: RequestOver}
	steps[at].Next[challengeExpired] = flow.Edge{To: RequestOver}
	steps[Rejected] = flow.Step{
		Title: text.Fixed("Dat is niet gelukt", "That did not work"),
		Body:  text.Fixed("We konden je telefoon niet herkennen. Scan de code op het scherm opnieuw, of vraag daar een nieuwe aan.", "We could not recognise your phone. Scan the code on the screen again, or ask for a new one there."),
	}
	steps[RequestOver] = flow.Step{
		Title: text.Fixed("Deze code werkt niet meer", "This code no longer works"),
		Body:  text.Fixed("Hij is verlopen of al gebruikt, of er wacht niemand meer op. Begin op het scherm opnieuw en scan de nieuwe code.", "It has expired, has been used already, or nobody is waiting for it any more. Start again on the screen and scan the new code."),
	}
	return steps
}

// notFromPhoneText is what is wrong with what no browser says.
var notFromPhoneText = new(text.New("Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."))

// maxSignature is how long the answer of a browser is at most, in characters.
const maxSignature = 16 << 10
