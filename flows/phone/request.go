package phone

import (
	"errors"
	"time"

	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// A request is the challenge that a phone came to answer, as it was at that moment.
type request struct {
	code  string
	is    store.Challenge
	owner passkey.Owner // of the key to make
	left  time.Duration // until the challenge expires
}

// Steps of the flows on a phone. The page looks different at each.
const (
	PhoneAsked   flow.State = "ask phone"
	Approved     flow.State = "approved"
	Declined     flow.State = "declined"
	Registered   flow.State = "registered"
	Rejected     flow.State = "rejected"
	PhoneUnknown flow.State = "phone unknown" // to this desk; several desks can share a page
	PhoneRemoved flow.State = "phone removed"
	RequestOver  flow.State = "over"
)

// Outcomes of the answer of a phone.
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

// outcomeOf returns the outcome of an error of package passkey. It returns any other error.
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

// maxInvalid is how many invalid answers a challenge accepts. After those the visitor must begin
// anew.
const maxInvalid = 3

// loadChallenge returns the challenge that a phone came to answer. The outcome is flow.Pending if
// a terminal waits. A challenge that no longer exists has expired.
func (e *request) loadChallenge(tx *store.Tx) (store.Challenge, flow.Outcome) {
	stored, _ := tx.Challenge(e.code)
	switch {
	case e.is.Purpose == "":
		return stored, unknownCode
	case stored.IsUnanswered(tx.Now):
		return stored, flow.Pending
	case stored.Answer == store.Withdrawn:
		return stored, noLongerAwaited
	case stored.Answer != store.Unanswered:
		return stored, alreadyAnswered
	}
	return stored, challengeExpired
}

// countInvalid counts an invalid answer. An answer to another challenge does not count. Otherwise
// an attacker could end the wait of a visitor by replaying an old answer.
func (e *request) countInvalid(tx *store.Tx, stored store.Challenge, why flow.Outcome) flow.Outcome {
	if why == otherChallenge {
		return why
	}
	if stored.Wrong++; stored.Wrong >= maxInvalid {
		stored.Answer = store.InvalidAnswers
	}
	tx.PutChallenge(e.code, stored)
	return why
}

// withInvalidEdges adds the edges of invalid answers to a step on a phone, and their ends to the
// table. told is what the customer reads in their recent activity.
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

// notFromPhoneText says that an answer does not come from a browser.
var notFromPhoneText = new(text.New("Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."))

// maxSignature is the most characters in the answer of a browser.
const maxSignature = 16 << 10
