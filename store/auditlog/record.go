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
	Number int64
	Hash   tlog.Hash // Hash is sha256(0 ‖ Leaf), as in RFC 6962.
	// Leaf is a CBOR map: 1 time, 2 terminal, 3 visit, 4 flow, 5 step, 6 outcome, 7 commitment to the customer, 8 operator, 9
	// commitment to the changes.
	Leaf    []byte
	Nonce   []byte // Nonce is random. The commitments are sha256(Nonce ‖ Customer) and sha256(Nonce ‖ Changes).
	Changes []byte // Changes are encoded: see store.DecodeChanges.
	Erased  bool   // Erased reports whether the entry was about a customer whom the log has forgotten.
}

// A leaf is the part of an entry that is hashed.
type leaf struct {
	At       time.Time `cbor:"1,keyasint"`
	Terminal string    `cbor:"2,keyasint"`
	Visit    string    `cbor:"3,keyasint"`
	Flow     string    `cbor:"4,keyasint"`
	Step     string    `cbor:"5,keyasint"`
	Outcome  string    `cbor:"6,keyasint"`
	// Commitment is the commitment to the customer whom the entry is about.
	Commitment        []byte `cbor:"7,keyasint,omitempty"`
	Operator          string `cbor:"8,keyasint,omitempty"`
	ChangesCommitment []byte `cbor:"9,keyasint,omitempty"` // ChangesCommitment is the commitment to the changes of records.
}

// EntryRecord is an entry of the audit log in its stored form.
type EntryRecord struct {
	Leaf     []byte           `cbor:"1,keyasint"`
	Nonce    []byte           `cbor:"2,keyasint,omitempty"`
	Customer store.CustomerID `cbor:"3,keyasint,omitempty"`
	Changes  []byte           `cbor:"4,keyasint,omitempty"`
}

const nonceSize = 16 // nonceSize is in bytes, and too large for a nonce to be guessed.

// commitment returns the commitment to the ID of a customer, or to changes.
func commitment[T store.CustomerID | []byte](nonce []byte, to T) []byte {
	sum := sha256.Sum256(append(nonce[:len(nonce):len(nonce)], to...))
	return sum[:]
}

// newEntryRecord returns the stored form of a queued entry.
func newEntryRecord(e store.QueuedEntry) (r EntryRecord, err error) {
	l := leaf{
		At: e.At.UTC(), Terminal: e.Terminal, Visit: e.Visit,
		Flow: e.Flow, Step: e.Step, Outcome: e.Outcome, Operator: e.Operator,
	}
	if e.Customer != "" || len(e.Changes) > 0 {
		r.Nonce = make([]byte, nonceSize)
		rand.Read(r.Nonce)
	}
	if e.Customer != "" {
		r.Customer = e.Customer
		l.Commitment = commitment(r.Nonce, r.Customer)
	}
	if len(e.Changes) > 0 {
		if r.Changes, err = store.EncodeChanges(e.Changes); err != nil {
			return r, err
		}
		l.ChangesCommitment = commitment(r.Nonce, r.Changes)
	}
	r.Leaf, err = sealedkv.Marshal(l)
	return r, err
}

// leafHash returns the hash of the entry in the hash tree.
func (r EntryRecord) leafHash() tlog.Hash { return tlog.RecordHash(r.Leaf) }

// withoutCustomer returns r without the customer, the nonce and the changes.
func (r EntryRecord) withoutCustomer() EntryRecord { return EntryRecord{Leaf: r.Leaf} }

// decode decodes r, and checks that its customer and its changes fit the commitments in its leaf.
func (r EntryRecord) decode(number int64) (e Entry, err error) {
	var l leaf
	if err := sealedkv.Unmarshal(r.Leaf, &l); err != nil {
		return e, err
	}
	e = Entry{Number: number, Hash: r.leafHash(), Leaf: r.Leaf, Nonce: r.Nonce, Changes: r.Changes, AuditEntry: store.AuditEntry{
		At: l.At.UTC(), Terminal: l.Terminal, Visit: l.Visit,
		Flow: l.Flow, Step: l.Step, Outcome: l.Outcome, Operator: l.Operator, Customer: r.Customer,
	}}
	kept := len(r.Nonce) > 0 || r.Customer != "" || len(r.Changes) > 0
	e.Erased = len(l.Commitment) > 0 && !kept
	if !kept {
		return e, nil
	}
	if about := len(l.Commitment) > 0 || r.Customer != "" || len(l.ChangesCommitment) == 0; about && !isCommittedTo(r.Nonce, r.Customer, l.Commitment) {
		return e, errors.New("it names another customer than when it was logged")
	}
	if changes := len(l.ChangesCommitment) > 0 || len(r.Changes) > 0; changes && !isCommittedTo(r.Nonce, r.Changes, l.ChangesCommitment) {
		return e, errors.New("it names other changes than when it was logged")
	}
	return e, nil
}

// isCommittedTo reports whether sum is the commitment to a value.
func isCommittedTo[T store.CustomerID | []byte](nonce []byte, to T, sum []byte) bool {
	return subtle.ConstantTimeCompare(commitment(nonce, to), sum) == 1
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
