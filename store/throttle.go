package store

import (
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Tries counts the wrong answers in a row about one subject: a username or an
// activation number, whether or not it exists.
type Tries struct {
	Wrong     int       `cbor:"1,keyasint"`
	NotBefore time.Time `cbor:"2,keyasint,omitzero"` // until then no answer is looked at
	Last      time.Time `cbor:"3,keyasint,omitzero"` // when the last of them came; zero in records from before this was kept
}

// TriesAt keeps what went wrong lately at one terminal.
type TriesAt struct {
	Wrong       []time.Time `cbor:"1,keyasint,omitempty"`
	PausedUntil time.Time   `cbor:"2,keyasint,omitzero"`
}

// Rush counts the wrong answers of one minute, over all terminals.
type Rush struct {
	Minute int64 `cbor:"1,keyasint"` // Unix time, in minutes
	Wrong  int   `cbor:"2,keyasint"`
}

// RushShards is over how many records the wrong answers of all terminals are
// counted, so that terminals seldom write the same one.
const RushShards = 8

// Requests counts how often something was asked for somebody in one day.
type Requests struct {
	Day   string `cbor:"1,keyasint"` // ISO 8601
	Asked int    `cbor:"2,keyasint"`
}

func (tx *Tx) triesKey(subject string) string     { return tx.sealed.Keys.Blind(tries, subject) }
func (tx *Tx) terminalKey(terminal string) string { return tx.sealed.Keys.Blind(terminals, terminal) }
func (tx *Tx) rushKey(shard int) string           { return rushes + "/" + strconv.Itoa(shard) }
func (tx *Tx) requestsKey(what string) string     { return tx.sealed.Keys.Blind(requests, what) }

// Tries finds the wrong answers so far about subject; none is no error.
func (tx *Tx) Tries(subject string) Tries {
	t, _ := sealedkv.Get[Tries](tx.sealed, tx.triesKey(subject))
	return t
}

// PutTries keeps t for subject.
func (tx *Tx) PutTries(subject string, t Tries) { sealedkv.Put(tx.sealed, tx.triesKey(subject), t) }

// DeleteTries takes away what is known of subject.
func (tx *Tx) DeleteTries(subject string) { tx.sealed.Delete(tx.triesKey(subject)) }

// TriesAt finds what went wrong at a terminal.
func (tx *Tx) TriesAt(terminal string) TriesAt {
	t, _ := sealedkv.Get[TriesAt](tx.sealed, tx.terminalKey(terminal))
	return t
}

// PutTriesAt keeps t for a terminal.
func (tx *Tx) PutTriesAt(terminal string, t TriesAt) {
	sealedkv.Put(tx.sealed, tx.terminalKey(terminal), t)
}

// Rush finds the count in one of RushShards.
func (tx *Tx) Rush(shard int) Rush {
	r, _ := sealedkv.Get[Rush](tx.sealed, tx.rushKey(shard))
	return r
}

// PutRush keeps r in one of RushShards.
func (tx *Tx) PutRush(shard int, r Rush) { sealedkv.Put(tx.sealed, tx.rushKey(shard), r) }

// Requests finds how often something was asked; what names it and for whom,
// whether or not they exist.
func (tx *Tx) Requests(what string) Requests {
	r, _ := sealedkv.Get[Requests](tx.sealed, tx.requestsKey(what))
	return r
}

// PutRequests keeps r.
func (tx *Tx) PutRequests(what string, r Requests) { sealedkv.Put(tx.sealed, tx.requestsKey(what), r) }

// DeleteRequests forgets how often something was asked.
func (tx *Tx) DeleteRequests(what string) { tx.sealed.Delete(tx.requestsKey(what)) }
