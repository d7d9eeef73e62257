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

// A Store keeps records in an engine, sealed under keys.
type Store struct {
	engine  kvdb.Engine
	keys    *keyring.Keys
	now     func() time.Time
	posted  map[Channel]chan struct{}
	audited chan struct{}
	spills  spill.Place
}

// SpillTo has Bulk put on disk at a place what is too much for memory.
func (s *Store) SpillTo(place spill.Place) { s.spills = place }

// Spills is the place that SpillTo was told of.
func (s *Store) Spills() spill.Place { return s.spills }

// Scrub makes sure that nobody, whatever keys they hold, can read any more what
// was overwritten or deleted until now. The error is ErrBusy if that has to be
// tried again later.
func (s *Store) Scrub(ctx context.Context) error { return s.engine.Scrub(ctx) }

// Look looks whether what is put can be kept: see [Engine].
func (s *Store) Look(ctx context.Context) error { return s.engine.Look(ctx) }

// Lifetime is done once nothing can be read or kept any more: see [Engine].
func (s *Store) Lifetime() context.Context { return s.engine.Lifetime() }

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// Engine, Keys and Now are what the store was opened with, for packages that go
// through all of it as it is sealed. Whatever those write must be sealed under Keys.
func (s *Store) Engine() kvdb.Engine { return s.engine }
func (s *Store) Keys() *keyring.Keys { return s.keys }
func (s *Store) Now() time.Time      { return s.now() }

// Verifier is the public key of whoever has the key file of s, with which its
// checkpoints are verified. It is no secret.
func (s *Store) Verifier() string { return s.keys.Verifier() }

// WakeWaiters has whoever waits on Posted or Recorded look, because all of the store may
// have changed.
func (s *Store) WakeWaiters() {
	for _, posted := range s.posted {
		notify(posted)
	}
	notify(s.audited)
}

// View runs fn over one snapshot.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.View(ctx, s.wrapTx(nil, fn))
}

// Update runs fn in one transaction, which commits when fn returns nil and
// nothing failed in tx. fn may run more than once: it does nothing outside tx
// that a second run would not do over, and opens no other transaction.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	defer s.keys.BeginUse()()
	var posted []Channel
	var audited bool
	err := s.engine.Update(ctx, s.wrapTx(nil, func(tx *Tx) error {
		err := fn(tx)
		posted, audited = tx.posted, tx.audited
		return err
	}))
	if err != nil {
		return err
	}
	for _, channel := range posted {
		notify(s.posted[channel])
	}
	if audited {
		notify(s.audited)
	}
	return nil
}

// notify lets one who waits know; it is enough if they know already.
func notify(waits chan<- struct{}) {
	select {
	case waits <- struct{}{}:
	default:
	}
}

// MessagePosted tells that there is something to be sent now over a channel, as soon as
// it is committed by this process. Several messages may be told of as one.
func (s *Store) MessagePosted(channel Channel) <-chan struct{} { return s.posted[channel] }

func (s *Store) wrapTx(batch *sealedkv.Batch, fn func(*Tx) error) func(kvdb.KV) error {
	return func(kv kvdb.KV) error {
		tx := s.newTx(kv, batch)
		err := fn(tx)
		if err == nil {
			tx.carryChanges()
		}
		return cmp.Or(tx.sealed.Err(), err) // which outranks what fn made of it
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
