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

// SpillTo has Bulk put on disk at a place what is too much for memory.
func (s *Store) SpillTo(place spill.Place) { s.spills = place }

// Spills is the place that SpillTo was told of.
func (s *Store) Spills() spill.Place { return s.spills }

// Scrub makes sure that nobody, whatever keys they hold, can read any more what
// was overwritten or deleted until now. The error is ErrBusy if that has to be
// tried again later.
func (s *Store) Scrub(ctx context.Context) error { return s.engine.Scrub(ctx) }

// CheckWritable checks that the engine can still commit: see [kvdb.Engine].
func (s *Store) CheckWritable(ctx context.Context) error { return s.engine.CheckWritable(ctx) }

// LifetimeContext returns a context that is done once the engine can no longer read or commit:
// see [kvdb.Engine].
func (s *Store) LifetimeContext() context.Context { return s.engine.LifetimeContext() }

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// Engine, Keys and Now return what the store was opened with, for packages that process
// sealed values. Whatever these packages write must be sealed under Keys.
func (s *Store) Engine() kvdb.Engine { return s.engine }
func (s *Store) Keys() *keyring.Keys { return s.keys }
func (s *Store) Now() time.Time      { return s.now() }

// Verifier returns the public key with which checkpoints of s are verified. It is not
// secret.
func (s *Store) Verifier() string { return s.keys.Verifier() }

// WakeWaiters wakes the receivers of MessagePosted and AuditQueuedSignal, because the whole
// store may have changed.
func (s *Store) WakeWaiters() {
	for _, posted := range s.postedSignals {
		sendSignal(posted)
	}
	sendSignal(s.auditedSignal)
}

// View runs fn on one snapshot.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.View(ctx, s.wrapTx(nil, fn))
}

// Update runs fn in one transaction, which commits when fn returns nil and nothing failed
// in tx. fn may run more than once, so it must not have effects outside tx that a second
// run does not overwrite. It must not open another transaction.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	defer s.keys.BeginUse()()
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
		sendSignal(s.postedSignals[channel])
	}
	if audited {
		sendSignal(s.auditedSignal)
	}
	return nil
}

// sendSignal wakes a receiver, unless a signal is already waiting.
func sendSignal(waits chan<- struct{}) {
	select {
	case waits <- struct{}{}:
	default:
	}
}

// MessagePosted returns a channel that receives when this process has committed a message
// to send now over a channel. One receive may stand for several messages.
func (s *Store) MessagePosted(channel Channel) <-chan struct{} { return s.postedSignals[channel] }

func (s *Store) wrapTx(batch *sealedkv.Batch, fn func(*Tx) error) func(kvdb.KV) error {
	return func(kv kvdb.KV) error {
		tx := s.newTx(kv, batch)
		err := fn(tx)
		if err == nil {
			tx.attachChanges()
		}
		return cmp.Or(tx.sealed.Err(), err) // an error of tx is the cause of what fn returned
	}
}

func (s *Store) newTx(kv kvdb.KV, batch *sealedkv.Batch) *Tx {
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
