package store

import (
	"context"
	"fmt"
	"iter"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
	"loket/store/spill"
)

// ByOperator is the flow in which an operator does something, and the terminal at
// which that is if there is no other: no visitor has either.
const ByOperator = "operator"

// AuditEntry says what came of one step of one visit, or of an operator's
// command. It names nobody but by customer number, and holds nothing that was
// typed.
type AuditEntry struct {
	At       time.Time  `cbor:"1,keyasint"`
	Terminal string     `cbor:"2,keyasint"`
	Visit    string     `cbor:"3,keyasint"`
	Flow     string     `cbor:"4,keyasint"`
	Step     string     `cbor:"5,keyasint"`
	Outcome  string     `cbor:"6,keyasint"`
	Customer CustomerID `cbor:"7,keyasint,omitempty"` // whom it was about, where that is known
	Operator string     `cbor:"8,keyasint,omitempty"` // whose command it was: the fingerprint of their SSH key
}

// RecordAudit queues e for the audit log, at the instant of the transaction, and adds
// it to the activity of the customer whom it is about. One about nobody known
// goes to the activity of its visit, which nobody looks at: so it takes as much
// writing (X2).
func (tx *Tx) RecordAudit(e AuditEntry) {
	e = tx.queue(e)
	sealedkv.Put(tx.sealed, tx.newOrderedKey(tx.ActivityTableOf(e)), e)
}

// queue queues e for the audit log alone.
func (tx *Tx) queue(e AuditEntry) AuditEntry {
	e.At = tx.Now
	tx.last.key, tx.last.entry = tx.newOrderedKey(QueueTable), e
	sealedkv.Put(tx.sealed, tx.last.key, QueuedEntry{AuditEntry: e})
	tx.audited = true
	return e
}

// AuditRecordEntries returns the sealed entries that Record of e puts in a transaction in which
// the records under some keys are gone.
func AuditRecordEntries(now time.Time, keys *keyring.Keys, e AuditEntry, gone ...string) (entries []kvdb.Entry, err error) {
	put := sealedkv.NewBatch(spill.Place{}, false)
	tx := &Tx{Now: now, sealed: sealedkv.New(nil, keys, put)}
	tx.RecordAudit(e)
	for _, key := range gone {
		tx.change(Change{Key: []byte(key), Gone: true})
	}
	tx.carryChanges()
	for some, failed := range put.SealedChunks(context.Background(), keys, Tables) {
		entries, err = append(entries, some...), failed
	}
	return entries, err
}

// ActivityTableOf returns the table that e is activity in.
func (tx *Tx) ActivityTableOf(e AuditEntry) string {
	if e.Customer == "" {
		return tx.sealed.Keys.LookupKey(ActivityTable, "visit", e.Visit)
	}
	return tx.sealed.Keys.LookupKey(ActivityTable, string(e.Customer))
}

// Activity yields the entries about one customer, oldest first.
func (tx *Tx) Activity(id CustomerID) iter.Seq[AuditEntry] {
	return sealedkv.Scan[AuditEntry](tx.sealed, tx.ActivityTableOf(AuditEntry{Customer: id}))
}

// ForgetActivity takes e out of the activity that it is in. Those of the same
// instant go with their own entries.
func (tx *Tx) ForgetActivity(e AuditEntry) {
	for key := range tx.sealed.KV.Scan(OrderedPrefix(tx.ActivityTableOf(e), e.At)) {
		tx.sealed.Delete(key)
		return
	}
}

// ForgetActivityOf drops all the activity of a customer.
func (s *Store) ForgetActivityOf(ctx context.Context, id CustomerID) error {
	var keys []string
	err := s.View(ctx, func(tx *Tx) error {
		keys = nil
		for key := range tx.sealed.KV.Scan(tx.ActivityTableOf(AuditEntry{Customer: id}) + "/") {
			keys = append(keys, key)
		}
		return nil
	})
	if err == nil {
		err = UpdateEach(ctx, s, keys, func(tx *Tx, key string) { tx.sealed.Delete(key) })
	}
	if err != nil {
		return fmt.Errorf("forget the activity of a customer: %w", err)
	}
	return nil
}

// HasQueuedAudit reports whether something waits for the audit log, whichever process recorded
// it.
func (tx *Tx) HasQueuedAudit() bool {
	for range tx.sealed.KV.Scan(QueueTable + "/") {
		return true
	}
	return false
}

// AuditQueued tells that something was queued for the audit log, as soon as it is
// committed by this process. Several entries may be told of as one.
func (s *Store) AuditQueued() <-chan struct{} { return s.audited }
