package running

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"loket/store"
	"loket/store/kvdb"
)

// RunWhileStored runs a desk until ctx is done, or until the store stops after a permanent fault. A
// desk is of no use without its store. So it ends as after a signal, but with an error: systemd
// then starts it again.
func RunWhileStored(ctx context.Context, s *store.Store, log *slog.Logger, run func(context.Context) error) error {
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
