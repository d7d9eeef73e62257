package maintenance

import (
	"context"
	"time"

	"loket/store/reindex"
)

// indexCheckInterval is the time between two looks whether a bulk load was interrupted. Each look reads one record.
const indexCheckInterval = time.Minute

// watchIndexes mends the indexes until ctx is done, whenever a bulk load was interrupted before the desk was opened or while it is open.
func (r *Runner) watchIndexes(ctx context.Context) {
	for {
		if err := reindex.MendIfInterrupted(ctx, r.Store); err != nil && ctx.Err() == nil {
			r.Log.Error("the indexes were not mended", "error", err, "again", indexCheckInterval)
		}
		if r.Clock.Wait(ctx, indexCheckInterval) != nil {
			return
		}
	}
}
