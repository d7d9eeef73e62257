package store

import (
	"context"
	"errors"
	"slices"

	"loket/store/kvdb"
)

// ErrChanged says that somebody changed a record after it was looked at.
var ErrChanged = errors.New("a record was changed meanwhile")

// BulkBeside is Bulk while others write. What fn put goes in with many
// transactions, of which each looks whether what it replaces is still what fn saw.
// The error is ErrChanged if it is not: then what came before is stored, as after an
// interruption, and fn is to be run again. fn takes no longer than others should
// wait for a Scrub.
func (s *Store) BulkBeside(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) error {
	gathered, seen := map[string]any{}, map[string]string{}
	if err := s.engine.View(ctx, s.typed(gathered, func(tx *Tx) error {
		tx.seen = seen
		return fn(tx)
	})); err != nil {
		return err
	}
	records, done := inTableOrder(gathered), 0
	for some := range slices.Chunk(records, kvdb.MaxKeys) {
		if err := s.Update(ctx, func(tx *Tx) error { return tx.replace(some, seen) }); err != nil {
			return err
		}
		done += len(some)
		wrote(done, len(records))
	}
	return nil
}

// replace puts records in place of those that were seen.
func (tx *Tx) replace(records []unsealed, seen map[string]string) error {
	for _, r := range records {
		sealed, _ := tx.kv.Get(r.key)
		if sight(sealed) != seen[r.key] {
			return ErrChanged
		}
		if r.record == nil {
			tx.delete(r.key)
		} else {
			put(tx, r.key, r.record)
		}
	}
	return nil
}

// look notes what stands under a key before it is replaced.
func (tx *Tx) look(key string) {
	if tx.seen == nil {
		return
	}
	if _, was := tx.seen[key]; !was {
		sealed, _ := tx.kv.Get(key)
		tx.saw(key, sealed)
	}
}

func (tx *Tx) saw(key string, sealed []byte) {
	if tx.seen != nil {
		tx.seen[key] = sight(sealed)
	}
}

// sight is how a sealed record is known again: it begins with the number of a key
// and a nonce that no other has. There is none of a record that is not there.
func sight(sealed []byte) string {
	const begins = 5 + 24 // bytes
	return string(sealed[:min(len(sealed), begins)])
}
