package rotation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// The errors that keep keys from being rotated, besides keyring.ErrRotating and
// keyring.ErrKeyFile.
var (
	ErrInUse        = errors.New("older keys are still in use")
	ErrKeyNotInFile = errors.New("the database is sealed under a key that is not in this key file")
)

// A Key is a sealing key.
type Key struct {
	ID      uint32
	Primary bool // new values are sealed under it
	Records int
}

// Keys returns the keys in the key file, the primary first. It reads every record, on one
// snapshot.
func Keys(ctx context.Context, s *store.Store) ([]Key, error) {
	records, err := countByKey(ctx, s)
	if err != nil {
		return nil, err
	}
	var all []Key
	for i, id := range s.Keys().IDs() {
		all = append(all, Key{id, i == 0, records[id]})
	}
	return all, nil
}

// countByKey counts the records that are sealed under each key.
func countByKey(ctx context.Context, s *store.Store) (map[uint32]int, error) {
	records := map[uint32]int{}
	err := s.Engine().View(ctx, func(kv kvdb.KV) error {
		for _, table := range store.AllTables() {
			for _, sealed := range store.SealedEntries(kv, table) {
				records[keyring.SealingKeyID(sealed)]++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look which keys are in use: %w", err)
	}
	return records, nil
}

// Result is the result of Rotate.
type Result struct {
	Key           uint32 // the key under which everything is sealed
	IsNewKey      bool   // whether the key is new
	RecordsSealed int    // records
}

// Rotate makes a new key, writes it to the key file, seals with it from then on, and
// reseals what was sealed under other keys, while others use the store. It calls progress
// with how many of all records are done. The other keys stay, for backups. An interrupted
// rotation leaves records under several keys: then Rotate makes no new key, and completes
// it.
//
// If two processes with key files of their own rotate at the same time, one of them gets
// the error ErrKeyNotInFile, and nothing is sealed under the key that it made.
//
// The keys of lookups and of the audit log stay: all keys of the store depend on the
// first, and all checkpoints outside on the second.
func Rotate(ctx context.Context, s *store.Store, progress func(done, all int)) (r Result, err error) {
	k := s.Keys()
	release, err := k.ReserveRotation()
	if err != nil {
		return r, err
	}
	defer release()
	if err := k.AwaitUses(ctx); err != nil {
		return r, err
	}
	records, err := countByKey(ctx, s)
	if err != nil {
		return r, err
	}
	all := 0
	for _, n := range records {
		all += n
	}
	tell := func(done int) { progress(done, all) }
	if ids := k.IDs(); anyInUse(records, ids[1:]) {
		r.Key = ids[0]
		of, err := resealAll(ctx, s, tell)
		r.RecordsSealed = of.done
		if err != nil {
			return r, err
		}
		if of.done > 0 {
			return r, of.stuckError()
		} // otherwise only records are left that cannot be opened, for which a new key is made all the same
	}
	if r.Key, err = newKey(ctx, s); err != nil {
		return r, err
	}
	r.IsNewKey = true
	if err := k.AwaitUses(ctx); err != nil {
		return r, err
	}
	of, err := resealAll(ctx, s, func(done int) { tell(done + 1) })
	r.RecordsSealed = of.done + 1 // with the seal of the store
	return r, cmp.Or(err, of.stuckError())
}

// newKey makes a key under which everything is sealed from then on. The seal of the store
// is resealed first, on which all processes with the store agree. Before that the key is
// in the key file. If it is interrupted between these steps, each key in use is still in
// a file.
func newKey(ctx context.Context, s *store.Store) (id uint32, err error) {
	id, err = s.Keys().AddKey()
	if err != nil {
		return 0, fmt.Errorf("add a key to the key file: %w", err)
	}
	if err := resealStoreMark(ctx, s, id); err != nil {
		return 0, fmt.Errorf("seal the mark of the store under a new key: %w", err)
	}
	if err := s.Keys().PromoteKey(id); err != nil {
		return 0, fmt.Errorf("have a key of the key file be the primary: %w", err)
	}
	return id, nil
}

// resealStoreMark reseals the seal of the store, unless it is sealed under an unknown key.
func resealStoreMark(ctx context.Context, s *store.Store, id uint32) error {
	return s.Engine().Update(ctx, func(kv kvdb.KV) error {
		sealed, _ := kv.Get(store.SealKey)
		mark, err := s.Keys().Open(store.SealKey, sealed)
		if err != nil {
			return ErrKeyNotInFile
		}
		anew, err := s.Keys().SealWithKey(id, store.SealKey, mark)
		if err != nil {
			return err
		}
		kv.Put(store.SealKey, anew)
		return nil
	})
}

// anyInUse reports whether there are records under any of these keys.
func anyInUse(records map[uint32]int, keys []uint32) bool {
	return slices.ContainsFunc(keys, func(id uint32) bool { return records[id] > 0 })
}

// DropOldKeys drops every key except the primary from the key file, and returns their
// ids. If a record is still sealed under one of them, the error is ErrInUse.
func DropOldKeys(ctx context.Context, s *store.Store) (forgotten []uint32, err error) {
	k := s.Keys()
	release, err := k.ReserveRotation()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := k.AwaitUses(ctx); err != nil { // from then on nothing is sealed under an older key
		return nil, err
	}
	records, err := countByKey(ctx, s)
	if err != nil {
		return nil, err
	}
	older := k.IDs()[1:]
	if anyInUse(records, older) {
		return nil, ErrInUse
	}
	if len(older) == 0 {
		return nil, nil
	}
	if err := k.DropKeys(older); err != nil {
		return nil, fmt.Errorf("drop keys from the key file: %w", err)
	}
	return older, nil
}
