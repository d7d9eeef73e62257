package web

import (
	"context"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"

	"loket/flows/clock"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

func goVersion() string { return runtime.Version() }

// gated is an engine whose Views wait while it is shut, and which can fail.
type gated struct {
	kvdb.Engine
	shut  chan struct{} // shut makes Views wait until it is closed; nil lets them run.
	heeds bool          // heeds makes a waiting View end with its context.
	fails error
	full  error // full is the error that CheckWritable returns.
	views atomic.Int64
}

func (e *gated) View(ctx context.Context, fn func(kvdb.KV) error) error {
	e.views.Add(1)
	var done <-chan struct{}
	if e.heeds {
		done = ctx.Done()
	}
	if e.shut != nil {
		select {
		case <-e.shut:
		case <-done:
			return ctx.Err()
		}
	}
	if e.fails != nil {
		return e.fails
	}
	return e.Engine.View(ctx, fn)
}

func (e *gated) CheckWritable(ctx context.Context) error {
	if e.full != nil {
		return e.full
	}
	return e.Engine.CheckWritable(ctx)
}

// newStore makes an empty store on an engine that a test can block.
func newStore(tb testing.TB, clock *clock.Clock) (*store.Store, *gated) {
	tb.Helper()
	bolted, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		tb.Fatal(err)
	}
	e := &gated{Engine: bolted}
	s, err := store.Open(tb.Context(), e, keys, clock.Now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	e.views.Store(0)
	return s, e
}

// post puts messages into the outbox.
func post(tb testing.TB, s *store.Store, messages ...store.Message) {
	tb.Helper()
	for _, m := range messages {
		if err := s.Update(tb.Context(), func(tx *store.Tx) error { tx.PutMessage(m); return nil }); err != nil {
			tb.Fatal(err)
		}
	}
}

func byEmail() store.Message {
	return store.Message{
		Customer: "K1000001", Channel: store.ByEmail, Template: "username", Language: "nl",
		To: []string{"sanne.hoekstra@example.org"}, Facts: map[string]string{"name": "S. Hoekstra", "username": "s.hoekstra"},
	}
}
