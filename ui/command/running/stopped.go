package running

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"loket/store"
	"loket/store/kvdb"
)

// RunWhileStored runs a desk until ctx is done or the store stops after a fault that does
// not pass by itself. A desk whose store has stopped can do nothing for anybody. So it
// ends as at a signal, but with an error: systemd then starts it again.
func RunWhileStored(ctx context.Context, s *store.Store, log *slog.Logger, run func(context.Context) error) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	defer context.AfterFunc(s.Lifetime(), func() {
		if err := stoppedError(s); err != nil {
			log.Error("the store has stopped, and so does the desk", "error", err)
			end()
		}
	})()
	return errors.Join(run(ctx), stoppedError(s))
}

// stoppedError returns what the operator is told of a store that has stopped after a
// fault; nil if it is open, or was closed.
func stoppedError(s *store.Store) error {
	cause := context.Cause(s.Lifetime())
	if !errors.Is(cause, kvdb.ErrStopped) {
		return nil
	}
	return fmt.Errorf("the desk has closed: %w; mend that, and start loket anew", cause)
}
