package store

import "context"

// A KeyedRecord is a record of a table with its key.
type KeyedRecord[T any] struct {
	Key    string
	Record T
}

// ForEachMatch calls do with the matching records of a table, some at a time, outside of a transaction. It starts after the key
// after, or at the first record if after is empty, and returns the last key that it read. The table is read in several
// transactions, so that memory stays bounded and nobody waits long for the end of one.
func ForEachMatch[T any](ctx context.Context, s *Store, table Table[T], after string, matches func(tx *Tx, key string, record T) bool, do func([]KeyedRecord[T]) error) (last string, err error) {
	for {
		var found []KeyedRecord[T]
		var more bool
		if err := s.View(ctx, func(tx *Tx) error {
			found, last, more = findMatches(tx, table, after, matches)
			return nil
		}); err != nil {
			return last, err
		}
		if len(found) > 0 {
			if err := do(found); err != nil {
				return last, err
			}
		}
		if after = last; !more {
			return last, nil
		}
	}
}

// recordsPerView is the number of records that one read transaction visits.
const recordsPerView = 2000

// findMatches returns the matching records among the next recordsPerView records after a key. It also returns the last key that
// it read, and whether the table may have more records.
func findMatches[T any](tx *Tx, table Table[T], after string, matches func(tx *Tx, key string, record T) bool) (found []KeyedRecord[T], last string, more bool) {
	last = after
	read := 0
	for key, record := range table.RecordsAfter(tx, after) {
		if matches(tx, key, record) {
			found = append(found, KeyedRecord[T]{key, record})
		}
		last = key
		if read++; read == recordsPerView {
			return found, last, true
		}
	}
	return found, last, false
}

// UpdateMatching calls do with each matching record of a table, and returns the number of those records. It checks each record
// again just before calling do, because other transactions may have changed the record since. UpdateEach limits what do may touch.
func UpdateMatching[T any](ctx context.Context, s *Store, table Table[T], matches func(T) bool, do func(tx *Tx, key string, record T)) (n int, err error) {
	_, err = ForEachMatch(ctx, s, table, "", func(_ *Tx, _ string, record T) bool { return matches(record) }, func(found []KeyedRecord[T]) error {
		n += len(found)
		return UpdateEach(ctx, s, found, func(tx *Tx, r KeyedRecord[T]) {
			if record, still := table.Get(tx, r.Key); still && matches(record) {
				do(tx, r.Key, record)
			}
		})
	})
	return n, err
}

// CountMatching returns the number of matching records of a table.
func CountMatching[T any](ctx context.Context, s *Store, table Table[T], matches func(T) bool) (n int, err error) {
	_, err = ForEachMatch(ctx, s, table, "", func(_ *Tx, _ string, record T) bool { return matches(record) }, func(found []KeyedRecord[T]) error {
		n += len(found)
		return nil
	})
	return n, err
}
