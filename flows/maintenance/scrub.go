package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
)

// How often, and after what, it is tried again to scrub a database file that
// somebody reads from.
const (
	scrubs     = 20
	scrubPause = 250 * time.Millisecond
)

// Scrub scrubs the file of a store of what was removed, once nobody reads from it
// for a moment. If somebody does all the time, the error is kvdb.ErrBusy.
func Scrub(ctx context.Context, s *store.Store, clock *clock.Clock) (err error) {
	for range scrubs {
		if err = s.Scrub(ctx); !errors.Is(err, kvdb.ErrBusy) {
			return err
		}
		if err := clock.Wait(ctx, scrubPause); err != nil {
			return err
		}
	}
	return err
}
