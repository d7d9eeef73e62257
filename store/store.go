package store

import (
	"cmp"
	"context"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
	"loket/store/spill"
)

// A Store stores records in an engine, sealed under keys.
type Store struct {
	engine        kvdb.Engine
	keys          *keyring.Keys
	now           func() time.Time
	postedSignals map[Channel]chan struct{}
	auditedSignal chan struct{}
	spills        spill.Place
}

// SetSpillPlace sets the place on disk for data of a BulkUpdate that does not fit into memory.
func (s *Store) SetSpillPlace(place spill.Place) { s.spills = place }

// SpillPlace returns the place set by SetSpillPlace.
func (s *Store) SpillPlace() spill.Place { return s.spills }

// Scrub makes sure that data that was overwritten or deleted before can no longer be read, even by somebody who has the keys.
// The error is ErrTooManyConflicts if Scrub has to be tried again later.
func (s *Store) Scrub(ctx context.Context) error { return s.engine.Scrub(ctx) }

// CheckWritable checks that the engine can still commit: see [kvdb.Engine].
func (s *Store) CheckWritable(ctx context.Context) error { return s.engine.CheckWritable(ctx) }

// LifetimeContext returns a context that is done when the engine can no longer read or commit: see [kvdb.Engine].
func (s *Store) LifetimeContext() context.Context { return s.engine.LifetimeContext() }

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// Engine, Keys and Now return the arguments with which the store was opened, for packages that process sealed values. Any
// values that these packages write must be sealed under Keys.
func (s *Store) Engine() kvdb.Engine { return s.engine }
func (s *Store) Keys() *keyring.Keys { return s.keys }
func (s *Store) Now() time.Time      { return s.now() }

// Verifier returns the public key with which checkpoints of the audit log are verified. It is not secret.
func (s *Store) Verifier() string { return s.keys.Verifier() }

// WakeWaiters wakes the receivers of MessagePostedSignal and AuditQueuedSignal. It is called when the whole store may have changed.
func (s *Store) WakeWaiters() {
	for _, posted := range s.postedSignals {
		wakeReceiver(posted)
	}
	wakeReceiver(s.auditedSignal)
}

// View runs fn on one snapshot of the store.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.View(ctx, s.wrapTx(nil, fn))
}

// Update runs fn in one transaction, which commits if fn returns nil and no operation of tx failed. Update may run fn more
// than once, so any effects outside tx must be overwritten by a second run. The function fn must not open another transaction.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	defer s.keys.BeginSealing()()
	var posted []Channel
	var audited bool
	err := s.engine.Update(ctx, s.wrapTx(nil, func(tx *Tx) error {
		err := fn(tx)
		posted, audited = tx.postedChannels, tx.didQueueAudit
		return err
	}))
	if err != nil {
		return err
	}
	for _, channel := range posted {
		wakeReceiver(s.postedSignals[channel])
	}
	if audited {
		wakeReceiver(s.auditedSignal)
	}
	return nil
}

// wakeReceiver wakes a receiver, unless a signal is already waiting.
func wakeReceiver(waits chan<- struct{}) {
	select {
	case waits <- struct{}{}:
	default:
	}
}

// MessagePostedSignal returns a channel that receives a value after this process has committed a message that is to be sent now. One
// value may stand for several messages.
func (s *Store) MessagePostedSignal(channel Channel) <-chan struct{} { return s.postedSignals[channel] }

func (s *Store) wrapTx(batch *sealedkv.RecordBatch, fn func(*Tx) error) func(kvdb.KV) error {
	return func(kv kvdb.KV) error {
		tx := s.newTx(kv, batch)
		err := fn(tx)
		if err == nil {
			tx.attachNotedChanges()
		}
		return cmp.Or(tx.sealed.Err(), err) // An error of tx is the cause of the error that fn returned.
	}
}

func (s *Store) newTx(kv kvdb.KV, batch *sealedkv.RecordBatch) *Tx {
	return &Tx{Now: s.now().UTC().Truncate(time.Microsecond), sealed: sealedkv.New(kv, s.keys, batch), bulk: batch != nil}
}

// CountRecords counts the records of each table.
func (s *Store) CountRecords(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	err := s.engine.View(ctx, func(kv kvdb.KV) error {
		for _, table := range Tables {
			counts[table] = 0
			for range kv.Scan(table + "/") {
				counts[table]++
			}
		}
		return nil
	})
	return counts, err
}
