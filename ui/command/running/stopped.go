package running

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"loket/store"
	"loket/store/kvdb"
)

// RunUntilStoreStops runs a desk until ctx is done, or until the store stops after a permanent fault. In the second case it
// returns an error, so that systemd starts the desk again: a desk without its store is useless.
func RunUntilStoreStops(ctx context.Context, s *store.Store, log *slog.Logger, run func(context.Context) error) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	defer context.AfterFunc(s.LifetimeContext(), func() {
		if err := stoppedError(s); err != nil {
			log.Error("the store has stopped, and so does the desk", "error", err)
			end()
		}
	})()
	return errors.Join(run(ctx), stoppedError(s))
}

// stoppedError returns an error for the operator if the store has stopped after a fault. It returns
// nil if the store is open, or was closed.
func stoppedError(s *store.Store) error {
	cause := context.Cause(s.LifetimeContext())
	if !errors.Is(cause, kvdb.ErrStopped) {
		return nil
	}
	return fmt.Errorf("the desk has closed: %w; mend that, and start loket anew", cause)
}
