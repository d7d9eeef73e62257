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

// ErrNotScrubbed means that the database file may still contain old pages with removed records, which somebody with the keys could
// read.
var ErrNotScrubbed = errors.New("what was removed could not be scrubbed from the database file, because somebody was reading from it: the next retention does that")

// Scrub scrubs removed data from the database file of a store, as soon as nothing is reading it. If there is a reader at each
// try, the error is ErrNotScrubbed.
func Scrub(ctx context.Context, s *store.Store, clock *clock.Clock) error {
	for range scrubAttempts {
		if err := s.Scrub(ctx); !errors.Is(err, kvdb.ErrTooManyConflicts) {
			return err
		}
		if err := clock.Wait(ctx, scrubPause); err != nil {
			return err
		}
	}
	return ErrNotScrubbed
}
