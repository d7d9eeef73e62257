package phone

import (
	"errors"
	"time"

	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/text"
	"loket/store"
)

// A phoneRequest is the challenge that a phone is answering, as it was when the phone opened the page.
type phoneRequest struct {
	code      string
	challenge store.Challenge
	owner     passkey.KeyOwner // owner is the owner of a new key.
	timeLeft  time.Duration    // timeLeft is the time until the challenge expires.
}

// Steps of the flows on a phone. Each of them has its own look on the page.
const (
	StateAskPhone   flow.State = "ask phone"
	StateApproved   flow.State = "approved"
	StateDeclined   flow.State = "declined"
	StateRegistered flow.State = "registered"
	StateRejected   flow.State = "rejected"
	// StatePhoneUnknown means unknown to this desk. Several desks can share a page.
	StatePhoneUnknown flow.State = "phone unknown"
	StatePhoneRemoved flow.State = "phone removed"
	StateRequestOver  flow.State = "over"
)

// Outcomes of the flows on a phone.
const (
	outcomeAlreadyAnswered flow.Outcome = "answered already"
	outcomeWithdrawn       flow.Outcome = "nobody waits any more"
	outcomeUnknownCode     flow.Outcome = "unknown code"
	outcomeWrongChallenge  flow.Outcome = "answer to another challenge"
	outcomeWrongOrigin     flow.Outcome = "answer from another page"
	outcomeUnverified      flow.Outcome = "holder of the phone not verified"
	outcomeBadSignature    flow.Outcome = "answer does not hold"
	outcomeUnknownPhone    flow.Outcome = "phone not paired"
	outcomePhoneUnpaired   flow.Outcome = "phone not paired any more"
	outcomeOwnerInactive   flow.Outcome = "phone of somebody who is blocked or gone"
	outcomeStaleCounter    flow.Outcome = "counter of the key went back"
)

// outcomeForError returns the outcome for an error of package passkey. It returns any other error unchanged.
func outcomeForError(err error) (flow.Outcome, error) {
	switch {
	case errors.Is(err, passkey.ErrWrongChallenge):
		return outcomeWrongChallenge, nil
	case errors.Is(err, passkey.ErrWrongOrigin):
		return outcomeWrongOrigin, nil
	case errors.Is(err, passkey.ErrHolderUnverified):
		return outcomeUnverified, nil
	case errors.Is(err, passkey.ErrUnknownKey):
		return outcomePhoneUnpaired, nil
	case errors.Is(err, passkey.ErrBadSignature):
		return outcomeBadSignature, nil
	}
	return "", err
}

// maxInvalidAnswers is the number of invalid answers that end a challenge. After that the visitor must start again.
const maxInvalidAnswers = 3

// loadChallenge returns the stored challenge that the phone is answering. The outcome is flow.OutcomePending if a terminal
// waits for the answer, and outcomeExpired if the challenge no longer exists.
func (e *phoneRequest) loadChallenge(tx *store.Tx) (store.Challenge, flow.Outcome) {
	stored, _ := tx.Challenge(e.code)
	switch {
	case e.challenge.Purpose == "":
		return stored, outcomeUnknownCode
	case stored.IsUnanswered(tx.Now):
		return stored, flow.OutcomePending
	case stored.Answer == store.AnswerWithdrawn:
		return stored, outcomeWithdrawn
	case stored.Answer != store.AnswerPending:
		return stored, outcomeAlreadyAnswered
	}
	return stored, outcomeExpired
}

// countInvalidAnswer counts an invalid answer to the challenge. It does not count answers to other challenges, because otherwise an
// attacker could end a visitor's wait by replaying an old answer.
func (e *phoneRequest) countInvalidAnswer(tx *store.Tx, stored store.Challenge, why flow.Outcome) flow.Outcome {
	if why == outcomeWrongChallenge {
		return why
	}
	if stored.WrongAnswers++; stored.WrongAnswers >= maxInvalidAnswers {
		stored.Answer = store.AnswerInvalid
	}
	tx.PutChallenge(e.code, stored)
	return why
}

// withInvalidEdges adds to a step on a phone the edges for invalid answers, and to steps the steps where they lead. The
// parameter told is the text that the customer reads about an invalid answer in their activity.
func withInvalidEdges(steps map[flow.State]flow.Step, at flow.State, told text.Text) map[flow.State]flow.Step {
	for _, o := range []flow.Outcome{outcomeWrongOrigin, outcomeUnverified, outcomeBadSignature} {
		steps[at].Next[o] = flow.Edge{To: StateRejected, Verdict: flow.VerdictWrongAtTerminal, ActivityText: told}
	}
	steps[at].Next[outcomeWrongChallenge] = flow.Edge{To: StateRejected, ActivityText: told}
	steps[at].Next[outcomeAlreadyAnswered] = flow.Edge{To: StateRequestOver}
	steps[at].Next[outcomeWithdrawn] = flow.Edge{To: StateRequestOver}
	steps[at].Next[outcomeExpired] = flow.Edge{To: StateRequestOver}
	steps[StateRejected] = flow.Step{
		Title: text.NewFunc("Dat is niet gelukt", "That did not work"),
		Body:  text.NewFunc("We konden je telefoon niet herkennen. Scan de code op het scherm opnieuw, of vraag daar een nieuwe aan.", "We could not recognise your phone. Scan the code on the screen again, or ask for a new one there."),
	}
	steps[StateRequestOver] = flow.Step{
		Title: text.NewFunc("Deze code werkt niet meer", "This code no longer works"),
		Body:  text.NewFunc("Hij is verlopen of al gebruikt, of er wacht niemand meer op. Begin op het scherm opnieuw en scan de nieuwe code.", "It has expired, has been used already, or nobody is waiting for it any more. Start again on the screen and scan the new code."),
	}
	return steps
}

// notPhoneAnswerText says that an answer does not come from a browser.
var notPhoneAnswerText = new(text.New("Dit is geen antwoord van een telefoon.", "This is not an answer of a phone."))

// maxBrowserAnswer is the maximum number of characters in the answer of a browser.
const maxBrowserAnswer = 16 << 10
