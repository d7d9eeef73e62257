package flowtest

import (
	"context"
	"errors"

	"loket/store/kvdb"
)

// ErrStopped is the error of a StoppingEngine that has stopped.
var ErrStopped = errors.New("stopped")

// A StoppingEngine is an engine that makes Left commits and then fails, as if its process were killed.
type StoppingEngine struct {
	kvdb.Engine
	Left int
}

// Update implements [kvdb.Engine].
func (e *StoppingEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.Left--; e.Left < 0 {
		return ErrStopped
	}
	return e.Engine.Update(ctx, fn)
}

// An InterruptedEngine is an engine that calls a function before one of its commits.
type InterruptedEngine struct {
	kvdb.Engine
	Left int    // Left is the number of commits up to and including the one before which the function is called.
	Do   func() // Do is the function.
}

// Update implements [kvdb.Engine].
func (e *InterruptedEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.Left--; e.Left == 0 {
		e.Do()
	}
	return e.Engine.Update(ctx, fn)
}
