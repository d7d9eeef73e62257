package rotation

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"sync"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

const (
	resealListSize = 1 << 20 // resealListSize is the number of keys to list at a time, which takes about 60 MB.
	resealWorkers  = 8       // resealWorkers is the number of concurrent transactions, which share commits.
)

// resealAllRecords reseals every record that is not sealed under the primary key, table by table.
func resealAllRecords(ctx context.Context, s *store.Store, progress func(done int)) (all resealCount, err error) {
	for _, table := range store.AllTables() {
		for {
			keys, err := listStaleRecords(ctx, s, table)
			if err != nil {
				return all, fmt.Errorf("look for what to seal anew: %w", err)
			}
			if len(keys) == 0 {
				break
			}
			of, err := resealRecords(ctx, s, keys, func(more int) { progress(all.done + more) })
			all.done += of.done
			if err != nil {
				return all, fmt.Errorf("seal records of %s anew: %w", table, err)
			}
			if of.done == 0 && of.unopenable > 0 {
				all.unopenable += of.unopenable
				break
			}
		}
	}
	return all, nil
}

// listStaleRecords returns the keys of up to resealListSize records in a table that are not sealed under the primary key.
func listStaleRecords(ctx context.Context, s *store.Store, table string) (keys []string, err error) {
	primary := s.Keys().PrimaryID()
	err = s.Engine().View(ctx, func(kv kvdb.KV) error {
		keys = nil
		for key, sealed := range store.SealedEntries(kv, table) {
			if keyring.SealingKeyID(sealed) == primary {
				continue
			}
			if keys = append(keys, key); len(keys) == resealListSize {
				break
			}
		}
		return nil
	})
	return keys, err
}

// resealCount is the number of records that were resealed, and the number that could not be opened.
type resealCount struct{ done, unopenable int }

// unopenableError returns an error if some records could not be opened.
func (s resealCount) unopenableError() error {
	if s.unopenable == 0 {
		return nil
	}
	return fmt.Errorf("%d records cannot be opened, and stay as they are", s.unopenable)
}

// resealRecords reseals the records with the given keys, in small transactions, so that other users of the store do not have to
// wait long.
func resealRecords(ctx context.Context, s *store.Store, keys []string, progress func(done int)) (of resealCount, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	var mu sync.Mutex // mu guards the counts in the result.
	chunks := make(chan []string)
	for range resealWorkers {
		all.Go(func() {
			for chunk := range chunks {
				some, err := resealRecordBatch(ctx, s, chunk)
				if err != nil {
					stop(err)
				}
				mu.Lock()
				of.done, of.unopenable = of.done+some.done, of.unopenable+some.unopenable
				progress(of.done)
				mu.Unlock()
			}
		})
	}
	for chunk := range slices.Chunk(keys, kvdb.MaxKeys) {
		if ctx.Err() != nil {
			break
		}
		chunks <- chunk
	}
	close(chunks)
	all.Wait()
	return of, context.Cause(ctx)
}

// resealRecordBatch reseals the records with the given keys in one update. It leaves a record alone that changes in the
// meantime, because that change is already sealed under the primary key.
func resealRecordBatch(ctx context.Context, s *store.Store, keys []string) (of resealCount, err error) {
	old, anew := map[string][]byte{}, map[string][]byte{}
	if err := s.Engine().View(ctx, func(kv kvdb.KV) error {
		for _, key := range keys {
			if sealed, found := kv.Get(key); found {
				old[key] = sealed
			}
		}
		return nil
	}); err != nil {
		return of, err
	}
	for key, sealed := range old {
		value, err := s.Keys().Unseal(key, sealed)
		if err != nil {
			of.unopenable++
			continue
		}
		if anew[key], err = s.Keys().Seal(key, value); err != nil {
			return of, err
		}
	}
	err = s.Engine().Update(ctx, func(kv kvdb.KV) error {
		of.done = 0
		for key, sealed := range anew {
			if now, found := kv.Get(key); found && bytes.Equal(now, old[key]) {
				kv.Put(key, sealed)
				of.done++
			}
		}
		return nil
	})
	return of, err
}
