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

// recordsPerView is the number of records that one read transaction visits, which takes some milliseconds.
const recordsPerView = 1000

// forEachExpired calls do with each expired record of a table, and returns the number of expired records. It reads the table
// in parts. It checks each record again just before calling do, because other transactions may have changed the record since.
func forEachExpired[T any](ctx context.Context, s *store.Store, table store.Table[T], p tablePass, expired func(record T, now time.Time) bool, do func(tx *store.Tx, key string, record T)) (n int, err error) {
	for last, more := "", true; more; {
		var found []string
		if found, last, more, err = findExpiredKeys(ctx, s, table, last, func(record T) bool { return expired(record, p.now) }); err != nil {
			return n, err
		}
		if p.mode == modeRemove {
			if err := store.UpdateEach(ctx, s, found, func(tx *store.Tx, key string) {
				if record, still := table.Get(tx, key); still && expired(record, p.now) {
					do(tx, key, record)
				}
			}); err != nil {
				return n, err
			}
		}
		n += len(found)
	}
	return n, nil
}

// findExpiredKeys returns the keys of the expired records among the next recordsPerView records after a key. It also returns the
// last key that it read, and whether the table may have more records.
func findExpiredKeys[T any](ctx context.Context, s *store.Store, table store.Table[T], after string, expired func(T) bool) (found []string, last string, more bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		found, last, more = nil, after, false
		looked := 0
		for key, record := range table.RecordsAfter(tx, after) {
			if expired(record) {
				found = append(found, key)
			}
			last = key
			if looked++; looked == recordsPerView {
				more = true
				break
			}
		}
		return nil
	})
	return found, last, more, err
}
