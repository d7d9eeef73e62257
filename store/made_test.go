package store_test

import (
	"context"
	"errors"
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// TestTwoMakeAStore: of two processes that make a store in the same place with different
// keys, one finds that it is not its own.
func TestTwoMakeAStore(t *testing.T) {
	engine := fixture.NewEmptyEngine(t)
	mine, theirs := newKeys(t), newKeys(t)
	late := &lateEngine{Engine: engine, before: func() { fixture.OpenStore(t, engine, theirs) }}
	if _, err := store.Open(t.Context(), late, mine, fixture.NoonClock); !errors.Is(err, store.ErrWrongKeys) {
		t.Error(err)
	}
	fixture.OpenStore(t, engine, theirs)
}

func newKeys(t *testing.T) *keyring.Keys {
	t.Helper()
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// lateEngine lets another process act before its first Update.
type lateEngine struct {
	kvdb.Engine
	before func()
}

func (e *lateEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.before != nil {
		e.before()
		e.before = nil
	}
	return e.Engine.Update(ctx, fn)
}
