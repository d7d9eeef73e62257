package store

import (
	"context"
	"slices"

	"loket/store/parallel"
)

// Bulk runs fn as Update does, over any number of records, and stores what it
// put in transactions of the engine's choosing (Engine.Load). If fn fails
// nothing is stored; if the load is interrupted, the order of Tables lets fn
// see what is missing when it is run again. Nobody else may write meanwhile,
// and fn does not see what it put in a table that it scans. wrote is called as
// entries go to the engine, with how many of how many it has got.
func (s *Store) Bulk(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) error {
	defer s.keys.Use()()
	gathered := map[string]any{}
	if err := s.engine.View(ctx, s.typed(gathered, fn)); err != nil || len(gathered) == 0 {
		return err
	}
	records := inTableOrder(gathered)
	clear(gathered) // so that each record can go as it is written
	done, all, failed := 0, len(records), error(nil)
	err := s.engine.Load(ctx, func(yield func(string, []byte) bool) {
		for batch := range parallel.Map(ctx, sealAhead, slices.Chunk(records, sealBatch), s.sealed) {
			if failed = batch.err; failed != nil {
				return
			}
			for _, e := range batch.entries {
				if !yield(e.key, e.sealed) {
					return
				}
			}
			done += len(batch.entries)
			wrote(done, all)
		}
	})
	switch {
	case failed != nil:
		return failed
	case err == nil && done < all:
		return ctx.Err()
	}
	return err
}

// Records are encoded and sealed on all processors, so many at a time, and far
// enough ahead of the engine that this goes on while it commits.
const (
	sealBatch = 256
	sealAhead = 256
)

// unsealed is a record as it was put, nil if it was deleted.
type unsealed struct {
	key    string
	record any
}

type sealedEntry struct {
	key    string
	sealed []byte
}

type sealedBatch struct {
	entries []sealedEntry
	err     error
}

func (s *Store) sealed(records []unsealed) (b sealedBatch) {
	b.entries = make([]sealedEntry, len(records))
	for i, r := range records {
		b.entries[i].key = r.key
		if r.record == nil {
			continue
		}
		if b.entries[i].sealed, b.err = encode(s.keys, r.key, r.record); b.err != nil {
			return b
		}
		records[i].record = nil
	}
	return b
}

// inTableOrder lists records by table, as Tables has them, and by key in each.
func inTableOrder(gathered map[string]any) []unsealed {
	tables := map[string][]string{}
	for key := range gathered {
		tables[table(key)] = append(tables[table(key)], key)
	}
	ordered := make([]unsealed, 0, len(gathered))
	for _, table := range Tables {
		slices.Sort(tables[table])
		for _, key := range tables[table] {
			ordered = append(ordered, unsealed{key, gathered[key]})
		}
	}
	return ordered
}
