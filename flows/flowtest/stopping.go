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
