package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// What can keep keys from being rotated, beside keyring.ErrRotating and keyring.ErrKeyFile.
var (
	ErrKeysInUse = errors.New("older keys are still in use")
	ErrOtherKey  = errors.New("the database is sealed under a key that is not in this key file")
)

// A SealingKey is one of the keys that records are sealed under.
type SealingKey struct {
	ID      uint32
	Primary bool // what is sealed from now on is sealed under it
	Records int
}

// SealingKeys lists the keys in the key file, the primary first. It looks at every
// record, over one snapshot.
func (s *Store) SealingKeys(ctx context.Context) ([]SealingKey, error) {
	records, err := s.recordsUnder(ctx)
	if err != nil {
		return nil, err
	}
	var all []SealingKey
	for i, id := range s.keys.IDs() {
		all = append(all, SealingKey{id, i == 0, records[id]})
	}
	return all, nil
}

// recordsUnder counts the records that are sealed under each key.
func (s *Store) recordsUnder(ctx context.Context) (map[uint32]int, error) {
	records := map[uint32]int{}
	err := s.engine.View(ctx, func(kv kvdb.KV) error {
		for _, table := range allTables() {
			for _, sealed := range sealedOf(kv, table) {
				records[keyring.SealedUnder(sealed)]++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look which keys are in use: %w", err)
	}
	return records, nil
}

// Rotation is what Rotate did.
type Rotation struct {
	Key    uint32 // that all is sealed under
	Made   bool   // whether it is new
	Sealed int    // records
}

// Rotate makes a new key, writes it to the key file, seals with it from then on,
// and seals anew what was sealed under others, while others go on; now and then
// it tells progress how many of how many records that are so far. The others stay, for
// backups. One that was interrupted leaves records under several keys: then
// Rotate makes no new key, and completes it.
//
// Of two processes with key files of their own that rotate at the same time one
// comes first: for the other the error is ErrOtherKey, and nothing is sealed under
// the key that it made.
//
// Keys of lookups and of the audit log stay as they are: all keys of the store
// hang on the first, and all checkpoints outside on the second.
func (s *Store) Rotate(ctx context.Context, progress func(done, all int)) (r Rotation, err error) {
	k := s.keys
	release, err := k.Reserve()
	if err != nil {
		return r, err
	}
	defer release()
	if err := k.Settle(ctx); err != nil {
		return r, err
	}
	records, err := s.recordsUnder(ctx)
	if err != nil {
		return r, err
	}
	all := 0
	for _, n := range records {
		all += n
	}
	tell := func(done int) { progress(done, all) }
	if ids := k.IDs(); inUse(records, ids[1:]) {
		r.Key = ids[0]
		if r.Sealed, err = s.sealAll(ctx, tell); r.Sealed > 0 || ctx.Err() != nil {
			return r, err
		} // else there is nothing but what nobody can open, which keeps no new key from being made
	}
	if r.Key, err = s.newKey(ctx); err != nil {
		return r, err
	}
	r.Made = true
	if err := k.Settle(ctx); err != nil {
		return r, err
	}
	r.Sealed, err = s.sealAll(ctx, func(done int) { tell(done + 1) })
	r.Sealed++ // the mark
	return r, err
}

// newKey makes a key and has all be sealed under it from then on, as soon as the
// mark of the store is: on that all agree who have the store open. Before that the
// key is in the file, and whatever happens between these steps, each key that
// something is sealed under is in a file.
func (s *Store) newKey(ctx context.Context) (id uint32, err error) {
	id, err = s.keys.Add()
	if err != nil {
		return 0, fmt.Errorf("add a key to the key file: %w", err)
	}
	if err := s.markUnder(ctx, id); err != nil {
		return 0, fmt.Errorf("seal the mark of the store under a new key: %w", err)
	}
	if err := s.keys.Promote(id); err != nil {
		return 0, fmt.Errorf("have a key of the key file be the primary: %w", err)
	}
	return id, nil
}

// markUnder seals the mark of the store anew, unless somebody sealed it under a key
// that is not known here.
func (s *Store) markUnder(ctx context.Context, id uint32) error {
	return s.engine.Update(ctx, func(kv kvdb.KV) error {
		sealed, _ := kv.Get(sealKey)
		mark, err := s.keys.Open(sealKey, sealed)
		if err != nil {
			return ErrOtherKey
		}
		anew, err := s.keys.SealUnder(id, sealKey, mark)
		if err != nil {
			return err
		}
		kv.Put(sealKey, anew)
		return nil
	})
}

// inUse tells whether there are records under any of these keys.
func inUse(records map[uint32]int, keys []uint32) bool {
	return slices.ContainsFunc(keys, func(id uint32) bool { return records[id] > 0 })
}

// ForgetKeys drops every key but the primary from the key file, once nothing is
// sealed under them; if something is, the error is ErrKeysInUse. It gives the
// ids of those that it dropped.
func (s *Store) ForgetKeys(ctx context.Context) (forgotten []uint32, err error) {
	k := s.keys
	release, err := k.Reserve()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := k.Settle(ctx); err != nil { // from then on nothing is sealed under an older key
		return nil, err
	}
	records, err := s.recordsUnder(ctx)
	if err != nil {
		return nil, err
	}
	older := k.IDs()[1:]
	if inUse(records, older) {
		return nil, ErrKeysInUse
	}
	if len(older) == 0 {
		return nil, nil
	}
	if err := k.Drop(older); err != nil {
		return nil, fmt.Errorf("drop keys from the key file: %w", err)
	}
	return older, nil
}

const (
	sealedAtOnce = 1 << 20 // keys that are listed at once, in some 60 MB
	sealers      = 8       // transactions at once, which share commits
)

// sealAll seals anew what is not sealed under the primary, table by table.
func (s *Store) sealAll(ctx context.Context, progress func(done int)) (done int, err error) {
	stuck := 0
	for _, table := range allTables() {
		for {
			keys, err := s.sealedBefore(ctx, table)
			if err != nil {
				return done, fmt.Errorf("look for what to seal anew: %w", err)
			}
			if len(keys) == 0 {
				break
			}
			of, err := s.sealEach(ctx, keys, func(more int) { progress(done + more) })
			done += of.done
			if err != nil {
				return done, fmt.Errorf("seal records of %s anew: %w", table, err)
			}
			if of.done == 0 && of.stuck > 0 {
				stuck += of.stuck
				break
			}
		}
	}
	if stuck > 0 {
		return done, fmt.Errorf("%d records cannot be opened, and stay as they are", stuck)
	}
	return done, nil
}

// sealedBefore lists keys of a table whose values are not sealed under the primary.
func (s *Store) sealedBefore(ctx context.Context, table string) (keys []string, err error) {
	primary := s.keys.Primary()
	err = s.engine.View(ctx, func(kv kvdb.KV) error {
		keys = nil
		for key, sealed := range sealedOf(kv, table) {
			if keyring.SealedUnder(sealed) == primary {
				continue
			}
			if keys = append(keys, key); len(keys) == sealedAtOnce {
				break
			}
		}
		return nil
	})
	return keys, err
}

// sealedAnew counts what came of some keys.
type sealedAnew struct{ done, stuck int } // stuck are those that cannot be opened

// sealEach seals what is at keys anew, in transactions that take turns with
// those of others.
func (s *Store) sealEach(ctx context.Context, keys []string, progress func(done int)) (of sealedAnew, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	var mu sync.Mutex // guards of
	chunks := make(chan []string)
	for range sealers {
		all.Go(func() {
			for chunk := range chunks {
				some, err := s.sealSome(ctx, chunk)
				if err != nil {
					stop(err)
				}
				mu.Lock()
				of.done, of.stuck = of.done+some.done, of.stuck+some.stuck
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

// sealSome seals what is at a few keys anew. What changes meanwhile was sealed
// under the primary by whoever changed it.
func (s *Store) sealSome(ctx context.Context, keys []string) (of sealedAnew, err error) {
	old, anew := map[string][]byte{}, map[string][]byte{}
	if err := s.engine.View(ctx, func(kv kvdb.KV) error {
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
		value, err := s.keys.Open(key, sealed)
		if err != nil {
			of.stuck++
			continue
		}
		if anew[key], err = s.keys.Seal(key, value); err != nil {
			return of, err
		}
	}
	err = s.engine.Update(ctx, func(kv kvdb.KV) error {
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
