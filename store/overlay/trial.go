package overlay

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"sync"

	"loket/store/kvdb"
	"loket/store/spill"
)

// A TrialEngine is a database engine for a dry run: it reads from another engine, but keeps all writes to itself. It shows the
// result of changes without making them. Its transactions run one after the other.
type TrialEngine struct {
	kvdb.Engine // Engine is the engine below, which is only read.

	mu     sync.Mutex
	writes *spill.Table // writes holds the writes of all transactions so far.
}

// NewTrial returns a trial engine that reads from below, or has no stored entries if below is nil. Closing it does not close
// below. Writes that do not fit in memory go to spills.
func NewTrial(below kvdb.Engine, spills spill.Place) *TrialEngine {
	if below == nil {
		below = emptyEngine{}
	}
	return &TrialEngine{Engine: below, writes: spill.NewTable(spills)}
}

// View implements [kvdb.Engine].
func (t *TrialEngine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	return t.runTrialTransaction(ctx, nil, fn)
}

// Update implements [kvdb.Engine]. The writes are not durable.
func (t *TrialEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return t.runTrialTransaction(ctx, UncommittedWrites{}, fn)
}

// runTrialTransaction runs a transaction. It keeps the writes of the transaction for later ones, unless the transaction fails.
func (t *TrialEngine) runTrialTransaction(ctx context.Context, writes UncommittedWrites, fn func(kvdb.KV) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.Engine.View(ctx, func(kv kvdb.KV) error {
		own := &Transaction{Context: ctx, Stored: trialStored{kv, t.writes}, CheckWrite: checkKey, Writes: writes}
		return own.Run(fn)
	})
	if err == nil {
		for key, value := range writes {
			t.writes.Put(key, value)
		}
		err = t.writes.Err()
	}
	return err
}

func checkKey(w kvdb.Entry) error { return kvdb.CheckKey(w.Key) }

// Load implements [kvdb.Engine].
func (t *TrialEngine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for key, value := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.writes.Put(key, value)
	}
	return t.writes.Err()
}

// Replace implements [kvdb.Engine]. It always returns an error, because a trial does not support it.
func (t *TrialEngine) Replace(context.Context, func(func(string, []byte) error) error) error {
	return errors.ErrUnsupported
}

// Scrub implements [kvdb.Engine]. It does nothing, because a trial overwrites nothing.
func (t *TrialEngine) Scrub(context.Context) error { return nil }

// Close implements [kvdb.Engine].
func (t *TrialEngine) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.writes.Close()
}

// emptyEngine is an engine without entries. It supports only View.
type emptyEngine struct{ kvdb.Engine }

func (emptyEngine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	return (&Transaction{Context: ctx, Stored: nothingStored{}}).Run(fn)
}

type nothingStored struct{}

func (nothingStored) FindStored(string) ([]byte, bool) { return nil, false }
func (nothingStored) FindMany(keys []string) [][]byte  { return make([][]byte, len(keys)) }
func (nothingStored) StoredAfter(string, string) iter.Seq[kvdb.Entry] {
	return func(func(kvdb.Entry) bool) {}
}

// trialStored is the data that a transaction of a trial reads: the stored data with the writes of the trial on top.
type trialStored struct {
	below  kvdb.KV
	writes *spill.Table
}

func (t trialStored) FindStored(key string) (value []byte, found bool) {
	if value, own := t.writes.Get(key); own {
		return bytes.Clone(value), value != nil
	}
	return t.below.Get(key)
}

func (t trialStored) FindMany(keys []string) [][]byte {
	values := make([][]byte, len(keys))
	var below []string
	var at []int
	for i, key := range keys {
		if value, own := t.writes.Get(key); own {
			values[i] = bytes.Clone(value)
		} else {
			below, at = append(below, key), append(at, i)
		}
	}
	for i, value := range t.below.GetMany(below) {
		values[at[i]] = value
	}
	return values
}

func (t trialStored) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		next, stop := iter.Pull2(t.below.ScanAfter(prefix, after))
		defer stop()
		key, value, more := next()
		for own, put := range t.writes.EntriesUnderPrefix(prefix, after) {
			for ; more && key < own; key, value, more = next() {
				if !yield(kvdb.Entry{Key: key, Value: value}) {
					return
				}
			}
			if more && key == own {
				key, value, more = next()
			}
			if put != nil && !yield(kvdb.Entry{Key: own, Value: bytes.Clone(put)}) {
				return
			}
		}
		for ; more; key, value, more = next() {
			if !yield(kvdb.Entry{Key: key, Value: value}) {
				return
			}
		}
	}
}
