package auditlog

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/sealedkv"
)

// Entry is an entry of the audit log.
type Entry struct {
	store.AuditEntry
	Number  int64
	Hash    tlog.Hash // sha256(0 ‖ Leaf), as RFC 6962 has it
	Leaf    []byte    // CBOR: a map of 1 time, 2 terminal, 3 visit, 4 flow, 5 step, 6 outcome, 7 commitment, 8 operator, 9 changed, 10 note
	Nonce   []byte    // a commitment is sha256(Nonce ‖ Customer), sha256(Nonce ‖ Changes) or sha256(Nonce ‖ Note)
	Changes []byte    // see store.DecodeChanges
	Erased  bool      // it was about a customer, and Nonce and Customer were forgotten
}

// A leaf is the part of an entry that is hashed.
type leaf struct {
	At                time.Time `cbor:"1,keyasint"`
	Terminal          string    `cbor:"2,keyasint"`
	Visit             string    `cbor:"3,keyasint"`
	Flow              string    `cbor:"4,keyasint"`
	Step              string    `cbor:"5,keyasint"`
	Outcome           string    `cbor:"6,keyasint"`
	Commitment        []byte    `cbor:"7,keyasint,omitempty"` // to the customer that it is about
	Operator          string    `cbor:"8,keyasint,omitempty"`
	ChangesCommitment []byte    `cbor:"9,keyasint,omitempty"` // commitment to the changes of records
	NoteCommitment    []byte    `cbor:"10,keyasint,omitempty"`
}

// EntryRecord is an entry of the audit log in its stored form.
type EntryRecord struct {
	Leaf     []byte           `cbor:"1,keyasint"`
	Nonce    []byte           `cbor:"2,keyasint,omitempty"`
	Customer store.CustomerID `cbor:"3,keyasint,omitempty"`
	Changes  []byte           `cbor:"4,keyasint,omitempty"`
	Note     string           `cbor:"5,keyasint,omitempty"` // about the customer, and forgotten with them
}

const nonceSize = 16 // nonceSize is in bytes, and too large for a nonce to be guessed.

// computeCommitment returns the commitment to the number of a customer, to changes, or to a note.
func computeCommitment[T store.CustomerID | []byte | string](nonce []byte, to T) []byte {
	sum := sha256.Sum256(append(nonce[:len(nonce):len(nonce)], to...))
	return sum[:]
}

// newEntryRecord returns the stored form of a queued entry.
func newEntryRecord(e store.QueuedEntry) (r EntryRecord, err error) {
	l := leaf{
		At: e.At.UTC(), Terminal: e.Terminal, Visit: e.Visit,
		Flow: e.Flow, Step: e.Step, Outcome: e.Outcome, Operator: e.Operator,
	}
	if e.Customer != "" || len(e.Changes) > 0 || e.Note != "" {
		r.Nonce = make([]byte, nonceSize)
		rand.Read(r.Nonce)
	}
	if e.Customer != "" {
		r.Customer = e.Customer
		l.Commitment = computeCommitment(r.Nonce, r.Customer)
	}
	if len(e.Changes) > 0 {
		if r.Changes, err = store.EncodeChanges(e.Changes); err != nil {
			return r, err
		}
		l.ChangesCommitment = computeCommitment(r.Nonce, r.Changes)
	}
	if e.Note != "" {
		r.Note, l.NoteCommitment = e.Note, computeCommitment(r.Nonce, e.Note)
	}
	r.Leaf, err = sealedkv.Marshal(l)
	return r, err
}

// leafHash returns the hash of the entry in the hash tree.
func (r EntryRecord) leafHash() tlog.Hash { return tlog.RecordHash(r.Leaf) }

// withoutCustomer returns r without its customer, its note and the records that it changed.
func (r EntryRecord) withoutCustomer() EntryRecord { return EntryRecord{Leaf: r.Leaf} }

// decodeEntry decodes r, and checks that its customer and its changes fit the commitments in its leaf.
func (r EntryRecord) decodeEntry(number int64) (e Entry, err error) {
	var l leaf
	if err := sealedkv.Unmarshal(r.Leaf, &l); err != nil {
		return e, err
	}
	e = Entry{Number: number, Hash: r.leafHash(), Leaf: r.Leaf, Nonce: r.Nonce, Changes: r.Changes, AuditEntry: store.AuditEntry{
		At: l.At.UTC(), Terminal: l.Terminal, Visit: l.Visit,
		Flow: l.Flow, Step: l.Step, Outcome: l.Outcome, Operator: l.Operator, Customer: r.Customer, Note: r.Note,
	}}
	kept := len(r.Nonce) > 0 || r.Customer != "" || len(r.Changes) > 0 || r.Note != ""
	e.Erased = len(l.Commitment) > 0 && !kept
	if !kept {
		return e, nil
	}
	if about := len(l.Commitment) > 0 || r.Customer != "" || len(l.ChangesCommitment) == 0; about && !matchesCommitment(r.Nonce, r.Customer, l.Commitment) {
		return e, errors.New("it names another customer than when it was logged")
	}
	if changes := len(l.ChangesCommitment) > 0 || len(r.Changes) > 0; changes && !matchesCommitment(r.Nonce, r.Changes, l.ChangesCommitment) {
		return e, errors.New("it names other changes than when it was logged")
	}
	if noted := len(l.NoteCommitment) > 0 || r.Note != ""; noted && !matchesCommitment(r.Nonce, r.Note, l.NoteCommitment) {
		return e, errors.New("it has another note than when it was logged")
	}
	return e, nil
}

// matchesCommitment reports whether sum is the commitment to a value.
func matchesCommitment[T store.CustomerID | []byte | string](nonce []byte, to T, sum []byte) bool {
	return subtle.ConstantTimeCompare(computeCommitment(nonce, to), sum) == 1
}

// numberedKey returns the database key of the record with a number in a table. Keys have the same order as numbers.
func numberedKey(table string, number int64) string {
	return fmt.Sprintf("%s/%0*x", table, numberDigits, number)
}

const numberDigits = 16

// parseNumber parses the number in a database key of a table.
func parseNumber(table, key string) (int64, error) {
	number, err := strconv.ParseInt(strings.TrimPrefix(key, table+"/"), 16, 64)
	if err == nil && numberedKey(table, number) != key {
		err = errors.New("not as we write it")
	}
	return number, err
}
