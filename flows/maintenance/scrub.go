package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
)

// Scrubbing is tried this many times while another process reads the database file, with a pause between two tries.
const (
	scrubAttempts = 20
	scrubPause    = 250 * time.Millisecond
)

// Scrub scrubs removed data from the database file of a store, as soon as nothing is reading it. If there is a reader at each
// try, the error is kvdb.ErrTooManyConflicts.
func Scrub(ctx context.Context, s *store.Store, clock *clock.Clock) (err error) {
	for range scrubAttempts {
		if err = s.Scrub(ctx); !errors.Is(err, kvdb.ErrTooManyConflicts) {
			return err
		}
		if err := clock.Wait(ctx, scrubPause); err != nil {
			return err
		}
	}
	return err
}
