package store

import (
	"time"

	"loket/store/sealedkv"
)

// Challenge is the question of a terminal to a phone. It is stored under its code, which it does not contain, and identifies
// the account only by a user handle.
type Challenge struct {
	Purpose  ChallengePurpose `cbor:"1,keyasint"`
	Terminal string           `cbor:"2,keyasint"`           // Terminal is the terminal that waits for the answer.
	Visit    string           `cbor:"3,keyasint"`           // Visit is the visit that waits for the answer.
	Nonce    []byte           `cbor:"4,keyasint"`           // Nonce is the random value that the phone must sign.
	Number   string           `cbor:"5,keyasint"`           // Number is two digits that prove that the owner of the phone sees this terminal.
	Choices  []string         `cbor:"6,keyasint,omitempty"` // Choices are the numbers that the phone shows, including Number.
	// UserHandle identifies the account. It is known from the start when pairing; when logging in, it comes from the phone.
	UserHandle []byte          `cbor:"7,keyasint,omitempty"`
	Expires    time.Time       `cbor:"8,keyasint"`
	Answer     ChallengeAnswer `cbor:"9,keyasint,omitempty"`
	// Passkey is the passkey that answered. When logging in, only its ID is set; when pairing, it is the whole passkey to
	// store.
	Passkey      Passkey `cbor:"10,keyasint,omitzero"`
	WrongAnswers int     `cbor:"11,keyasint,omitempty"` // WrongAnswers counts invalid answers.
}

// ChallengePurpose is the purpose of a challenge: to log in or to pair a phone.
type ChallengePurpose string

const (
	PurposeLogIn ChallengePurpose = "log in"
	PurposePair  ChallengePurpose = "pair"
)

// ChallengeAnswer is the state of the answer to a challenge.
type ChallengeAnswer string

const (
	AnswerPending      ChallengeAnswer = ""
	AnswerApproved     ChallengeAnswer = "approved"
	AnswerDeclined     ChallengeAnswer = "declined"
	AnswerInvalid      ChallengeAnswer = "worthless" // AnswerInvalid means that there were too many invalid answers.
	AnswerWrongNumber  ChallengeAnswer = "wrong number"
	AnswerApprovalUsed ChallengeAnswer = "taken"     // AnswerApprovalUsed means that an approval was used.
	AnswerWithdrawn    ChallengeAnswer = "withdrawn" // AnswerWithdrawn means that the visit no longer waits for an answer.
)

// IsUnanswered reports whether the challenge can still be answered.
func (c *Challenge) IsUnanswered(now time.Time) bool {
	return c.Answer == AnswerPending && now.Before(c.Expires)
}

func (tx *Tx) challengeKey(code string) string { return tx.sealed.Keys.LookupKey(ChallengeTable, code) }

// Challenge returns the challenge with a code, in any state.
func (tx *Tx) Challenge(code string) (Challenge, bool) {
	return sealedkv.Get[Challenge](tx.sealed, tx.challengeKey(code))
}

// PutChallenge stores c under its code.
func (tx *Tx) PutChallenge(code string, c Challenge) {
	sealedkv.Put(tx.sealed, tx.challengeKey(code), c)
}
