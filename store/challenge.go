package store

import (
	"time"

	"loket/store/sealedkv"
)

// Challenge is what a terminal asks of whatever phone comes with its code. It is
// kept under the code, which stands nowhere in it, and says whose account it is
// about by nothing but a handle.
type Challenge struct {
	Purpose  Purpose   `cbor:"1,keyasint"`
	Terminal string    `cbor:"2,keyasint"`           // where somebody waits for the answer
	Visit    string    `cbor:"3,keyasint"`           // of that somebody
	Nonce    []byte    `cbor:"4,keyasint"`           // what the phone is to sign
	Number   string    `cbor:"5,keyasint"`           // two digits that show that phone and terminal are before the same person
	Choices  []string  `cbor:"6,keyasint,omitempty"` // among which the phone is to find the number
	Handle   []byte    `cbor:"7,keyasint,omitempty"` // of the account: in a pairing that is known, else it is that of whose phone answered
	Expires  time.Time `cbor:"8,keyasint"`
	Answer   Answer    `cbor:"9,keyasint,omitempty"`
	Passkey  Passkey   `cbor:"10,keyasint,omitzero"`  // that answered: of a login no more than its ID, of a pairing all there is to keep
	Wrong    int       `cbor:"11,keyasint,omitempty"` // answers that showed nothing
}

// Purpose is what a challenge is for.
type Purpose string

const (
	PurposeLogIn Purpose = "log in"
	PurposePair  Purpose = "pair"
)

// Answer is what came of a challenge.
type Answer string

const (
	Unanswered     Answer = ""
	Approved       Answer = "approved"
	Declined       Answer = "declined"
	InvalidAnswers Answer = "worthless" // several that showed nothing
	WrongNumber    Answer = "wrong number"
	ApprovalUsed   Answer = "taken"     // an approval that was used
	Withdrawn      Answer = "withdrawn" // nobody waits any more
)

// IsUnanswered reports whether the challenge still waits for an answer.
func (c *Challenge) IsUnanswered(now time.Time) bool {
	return c.Answer == Unanswered && now.Before(c.Expires)
}

func (tx *Tx) challengeKey(code string) string { return tx.sealed.Keys.LookupKey(ChallengeTable, code) }

// Challenge finds a challenge by its code, in whatever state it is.
func (tx *Tx) Challenge(code string) (Challenge, bool) {
	return sealedkv.Get[Challenge](tx.sealed, tx.challengeKey(code))
}

// PutChallenge keeps c under its code.
func (tx *Tx) PutChallenge(code string, c Challenge) {
	sealedkv.Put(tx.sealed, tx.challengeKey(code), c)
}
