package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
)

// How often scrubbing is tried while the database file is read, and the pause between
// tries.
const (
	scrubAttempts = 20
	scrubPause    = 250 * time.Millisecond
)

// Scrub scrubs removed data from the file of a store, as soon as no reader is open. If
// there is a reader at each try, the error is kvdb.ErrBusy.
func Scrub(ctx context.Context, s *store.Store, clock *clock.Clock) (err error) {
	for range scrubAttempts {
		if err = s.Scrub(ctx); !errors.Is(err, kvdb.ErrBusy) {
			return err
		}
		if err := clock.Wait(ctx, scrubPause); err != nil {
			return err
		}
	}
	return err
}
