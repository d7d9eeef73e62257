package script

import (
	"bytes"
	"context"
	"fmt"
	"sync/atomic"

	"loket/flows/desk"
	"loket/store/kvdb"
)

// panicking is a hasher that panics with the password that it was given.
type panicking struct{ desk.Hasher }

func (panicking) Match(_ context.Context, password, hash string) (bool, error) {
	panic(fmt.Sprintf("match %s with %s", password, hash))
}

// troubled is an engine that can be made to fail.
type troubled struct {
	kvdb.Engine
	trial atomic.Pointer[trial]
}

// A trial is a way in which an engine fails.
type trial struct {
	fails   error // fails is the error of every transaction.
	garbles bool  // garbles makes every value unreadable.
	panics  bool  // panics makes the engine panic with the values that it reads.
}

func (e *troubled) View(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.try(func(t *trial) error { return e.Engine.View(ctx, t.over(fn)) })
}

func (e *troubled) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.try(func(t *trial) error { return e.Engine.Update(ctx, t.over(fn)) })
}

func (e *troubled) try(do func(*trial) error) error {
	t := e.trial.Load()
	if t != nil && t.fails != nil {
		return t.fails
	}
	return do(t)
}

func (t *trial) over(fn func(kvdb.KV) error) func(kvdb.KV) error {
	if t == nil {
		return fn
	}
	return func(kv kvdb.KV) error { return fn(&brokenKV{kv, t}) }
}

type brokenKV struct {
	kvdb.KV
	*trial
}

func (kv *brokenKV) Get(key string) ([]byte, bool) {
	value, found := kv.KV.Get(key)
	if found && kv.panics {
		panic(fmt.Sprintf("page of %s: %s", key, value))
	}
	if found && kv.garbles {
		value = bytes.Repeat([]byte("S. Hoekstra, Molenwerf 12 A. "), 10)
	}
	return value, found
}
