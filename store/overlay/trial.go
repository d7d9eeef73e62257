package overlay

import (
	"context"
	"errors"
	"iter"
	"maps"
	"sync"

	"loket/store/kvdb"
)

// A Trial is an engine that keeps its writes in memory, over another engine that it only
// reads. It shows what would happen to a store without doing it. Its transactions run one
// after the other.
type Trial struct {
	kvdb.Engine // the engine below

	turn   sync.Mutex
	writes Writes // of all transactions so far
}

// NewTrial returns a trial over an engine, which stays open when the trial is closed. If
// below is nil, the trial starts empty.
func NewTrial(below kvdb.Engine) *Trial {
	if below == nil {
		below = empty{}
	}
	return &Trial{Engine: below, writes: Writes{}}
}

// View implements [kvdb.Engine].
func (t *Trial) View(ctx context.Context, fn func(kvdb.KV) error) error { return t.run(ctx, nil, fn) }

// Update implements [kvdb.Engine]. Nothing is durable.
func (t *Trial) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return t.run(ctx, Writes{}, fn)
}

// run runs a transaction, and keeps its writes unless it failed.
func (t *Trial) run(ctx context.Context, writes Writes, fn func(kvdb.KV) error) error {
	t.turn.Lock()
	defer t.turn.Unlock()
	err := t.Engine.View(ctx, func(kv kvdb.KV) error {
		committed := &Transaction{Context: ctx, Stored: below{kv}, Writes: t.writes}
		own := &Transaction{Context: ctx, Stored: below{committed}, Check: checkKey, Writes: writes}
		return own.Run(fn)
	})
	if err == nil {
		maps.Copy(t.writes, writes)
	}
	return err
}

func checkKey(w kvdb.Entry) error { return kvdb.CheckKey(w.Key) }

// Load implements [kvdb.Engine].
func (t *Trial) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	t.turn.Lock()
	defer t.turn.Unlock()
	for key, value := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.writes[key] = value
	}
	return nil
}

// Replace implements [kvdb.Engine]. It is not supported.
func (t *Trial) Replace(context.Context, func(func(string, []byte) error) error) error {
	return errors.ErrUnsupported
}

// Scrub implements [kvdb.Engine]. It does nothing, because nothing was overwritten.
func (t *Trial) Scrub(context.Context) error { return nil }

// Close implements [kvdb.Engine].
func (t *Trial) Close() error { return nil }

// empty is an engine without entries, which supports only View.
type empty struct{ kvdb.Engine }

func (empty) View(ctx context.Context, fn func(kvdb.KV) error) error {
	return (&Transaction{Context: ctx, Stored: nothing{}}).Run(fn)
}

type nothing struct{}

func (nothing) FindStored(string) ([]byte, bool) { return nil, false }
func (nothing) StoredAfter(string, string) iter.Seq[kvdb.Entry] {
	return func(func(kvdb.Entry) bool) {}
}

// below makes a transaction the stored data of another one.
type below struct{ kvdb.KV }

func (b below) FindStored(key string) (value []byte, found bool) { return b.Get(key) }

func (b below) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		for key, value := range b.ScanAfter(prefix, after) {
			if !yield(kvdb.Entry{Key: key, Value: value}) {
				return
			}
		}
	}
}
