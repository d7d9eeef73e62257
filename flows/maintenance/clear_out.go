package maintenance

import (
	"context"
	"time"

	"loket/store"
)

// A removeMode says whether expired records are only counted or also removed.
type removeMode bool

const (
	modeCount  removeMode = false
	modeRemove removeMode = true
)

// A tablePass is one pass over a table. All records are compared with the same time now, so a jump of the clock during the
// pass has no effect.
type tablePass struct {
	mode removeMode
	now  time.Time
}

// isOlderThan reports whether at is longer ago than keep. If keep is 0, records are kept forever and the result is false.
func isOlderThan(at, now time.Time, keep time.Duration) bool { return keep > 0 && now.Sub(at) > keep }

func deleteFunc[T any](table store.Table[T]) func(*store.Tx, string, T) {
	return func(tx *store.Tx, key string, _ T) { table.Delete(tx, key) }
}

// forEachExpired calls do with each expired record of a table, unless the pass only counts, and returns the number of expired
// records.
func forEachExpired[T any](ctx context.Context, s *store.Store, table store.Table[T], p tablePass, expired func(record T, now time.Time) bool, do func(tx *store.Tx, key string, record T)) (n int, err error) {
	matches := func(record T) bool { return expired(record, p.now) }
	if p.mode == modeCount {
		return store.CountMatching(ctx, s, table, matches)
	}
	return store.UpdateMatching(ctx, s, table, matches, do)
}
