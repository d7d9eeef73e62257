package store

import (
	"time"

	"loket/store/sealedkv"
)

// Challenge is what a terminal asks the phone that comes with its code. It is stored
// under the code, which it does not contain, and identifies the account only by a handle.
type Challenge struct {
	Purpose      Purpose   `cbor:"1,keyasint"`
	Terminal     string    `cbor:"2,keyasint"`           // the terminal that waits for the answer
	Visit        string    `cbor:"3,keyasint"`           // the visit that waits for the answer
	Nonce        []byte    `cbor:"4,keyasint"`           // what the phone must sign
	Number       string    `cbor:"5,keyasint"`           // two digits that show that the owner of the phone sees this terminal
	Choices      []string  `cbor:"6,keyasint,omitempty"` // the numbers that the phone shows, with Number among them
	UserHandle   []byte    `cbor:"7,keyasint,omitempty"` // of the account: known from the start in a pairing, otherwise from the phone that answered
	Expires      time.Time `cbor:"8,keyasint"`
	Answer       Answer    `cbor:"9,keyasint,omitempty"`
	Passkey      Passkey   `cbor:"10,keyasint,omitzero"`  // the one that answered: for a login only its ID, for a pairing the whole passkey to store
	WrongAnswers int       `cbor:"11,keyasint,omitempty"` // how many answers were invalid
}

// Purpose is the purpose of a challenge.
type Purpose string

const (
	PurposeLogIn Purpose = "log in"
	PurposePair  Purpose = "pair"
)

// Answer is the answer to a challenge.
type Answer string

const (
	AnswerPending     Answer = ""
	AnswerApproved    Answer = "approved"
	AnswerDeclined    Answer = "declined"
	AnswerInvalid     Answer = "worthless" // too many invalid answers
	AnswerWrongNumber Answer = "wrong number"
	AnswerUsed        Answer = "taken"     // an approval that was used
	AnswerWithdrawn   Answer = "withdrawn" // the visit does not wait any more
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
