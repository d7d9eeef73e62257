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

// AuditOperator is the flow in audit entries about operators, and the terminal of an operator's command that has no other. No
// visit uses it.
const AuditOperator = "operator"

// AuditCourier is the flow and the terminal in audit entries about messages that did not go as they were written. No visit uses it.
const AuditCourier = "courier"

// AuditEntry records the outcome of one step of a visit or of an operator's command. It identifies customers by ID only, and
// contains nothing that somebody typed.
type AuditEntry struct {
	At       time.Time  `cbor:"1,keyasint"`
	Terminal string     `cbor:"2,keyasint"`
	Visit    string     `cbor:"3,keyasint"`
	Flow     string     `cbor:"4,keyasint"`
	Step     string     `cbor:"5,keyasint"`
	Outcome  string     `cbor:"6,keyasint"`
	Customer CustomerID `cbor:"7,keyasint,omitempty"`  // Customer is the customer whom the entry is about, if known.
	Operator string     `cbor:"8,keyasint,omitempty"`  // Operator is the fingerprint of the operator's SSH key.
	Note     string     `cbor:"10,keyasint,omitempty"` // Note is what the operator wrote about the customer.
}

// RecordAudit queues the entry e for the audit log, with the time of the transaction, and adds it to the activity of its
// customer. An entry without a customer is added to the activity of its visit, which nobody reads, so that entries with and
// without a customer write the same number of keys (X2). The note of an entry without a customer is dropped, because nothing
// would erase it with the customer.
func (tx *Tx) RecordAudit(e AuditEntry) {
	if e.Customer == "" {
		e.Note = ""
	}
	e = tx.queueAudit(e)
	sealedkv.Put(tx.sealed, tx.newOrderedKey(tx.ActivityTableFor(e)), e)
}

// queueAudit queues the entry e for the audit log, without adding it to any activity.
func (tx *Tx) queueAudit(e AuditEntry) AuditEntry {
	e.At = tx.Now
	tx.lastQueued.key, tx.lastQueued.entry = tx.newOrderedKey(QueueTable), e
	sealedkv.Put(tx.sealed, tx.lastQueued.key, QueuedEntry{AuditEntry: e})
	tx.didQueueAudit = true
	return e
}

// SealedAuditEntries returns the sealed database entries that recording e would write in a transaction that also deletes the
// records under the keys gone.
func SealedAuditEntries(now time.Time, keys *keyring.Keys, e AuditEntry, gone ...string) (entries []kvdb.Entry, err error) {
	put := sealedkv.NewRecordBatch(spill.Place{}, false)
	tx := &Tx{Now: now, sealed: sealedkv.New(nil, keys, put)}
	tx.RecordAudit(e)
	for _, key := range gone {
		tx.noteRecordChange(Change{Key: []byte(key), Deleted: true})
	}
	tx.attachNotedChanges()
	for some, failed := range put.SealedChunks(context.Background(), keys, Tables) {
		entries, err = append(entries, some...), failed
	}
	return entries, err
}

// ActivityTableFor returns the activity table that the entry e belongs to.
func (tx *Tx) ActivityTableFor(e AuditEntry) string {
	if e.Customer == "" {
		return tx.sealed.Keys.LookupKey(ActivityTable, "visit", e.Visit)
	}
	return tx.sealed.Keys.LookupKey(ActivityTable, string(e.Customer))
}

// CustomerActivity yields the audit entries about a customer, oldest first.
func (tx *Tx) CustomerActivity(id CustomerID) iter.Seq[AuditEntry] {
	return sealedkv.Scan[AuditEntry](tx.sealed, tx.ActivityTableFor(AuditEntry{Customer: id}))
}

// ForgetActivityEntry removes the audit entry e from its activity table. If several entries have the same time, one of them is
// removed by each call.
func (tx *Tx) ForgetActivityEntry(e AuditEntry) {
	for key := range tx.sealed.KV.Scan(OrderedPrefix(tx.ActivityTableFor(e), e.At)) {
		tx.sealed.Delete(key)
		return
	}
}

// ForgetCustomerActivity deletes the whole activity of a customer.
func (s *Store) ForgetCustomerActivity(ctx context.Context, id CustomerID) error {
	var keys []string
	err := s.View(ctx, func(tx *Tx) error {
		keys = nil
		for key := range tx.sealed.KV.Scan(tx.ActivityTableFor(AuditEntry{Customer: id}) + "/") {
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

// HasQueuedAudit reports whether any process has queued entries for the audit log.
func (tx *Tx) HasQueuedAudit() bool {
	for range tx.sealed.KV.Scan(QueueTable + "/") {
		return true
	}
	return false
}

// AuditQueuedSignal returns a channel that receives a value after this process has committed entries for the audit log. One
// value may stand for several entries.
func (s *Store) AuditQueuedSignal() <-chan struct{} { return s.auditedSignal }
