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

// The errors that prevent a rotation, in addition to keyring.ErrKeysReserved and keyring.ErrKeyFile.
var (
	ErrInUse        = errors.New("older keys are still in use")
	ErrKeyNotInFile = errors.New("the database is sealed under a key that is not in this key file")
)

// A SealingKey describes a sealing key.
type SealingKey struct {
	ID      uint32
	Primary bool // Primary reports whether new values are sealed under the key.
	Records int
}

// ListSealingKeys returns the keys in the key file, the primary key first. To count the records under each key, it reads every record on
// one snapshot.
func ListSealingKeys(ctx context.Context, s *store.Store) ([]SealingKey, error) {
	records, err := countByKey(ctx, s)
	if err != nil {
		return nil, err
	}
	var all []SealingKey
	for i, id := range s.Keys().KeyIDs() {
		all = append(all, SealingKey{id, i == 0, records[id]})
	}
	return all, nil
}

// countByKey counts the records that are sealed under each key, by the id of the key.
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
	Key           uint32 // Key is the id of the key under which all records are now sealed.
	IsNewKey      bool   // IsNewKey reports whether Rotate made the key.
	RecordsSealed int
}

// Rotate makes a new key, writes it to the key file, and uses it to seal all later values. Then it reseals all records that
// were sealed under other keys, while others use the store. It calls progress with the numbers of records done and of all
// records. The other keys stay in the key file, because backups need them.
//
// After an interrupted rotation, records are sealed under several keys. In that case Rotate makes no new key, but completes
// that rotation.
//
// If two processes that have separate key files rotate at the same time, one of them gets ErrKeyNotInFile, and nothing is
// sealed under the key that it made.
//
// Rotate does not change the key of lookups, because every key in the store depends on it, nor the key of the audit log,
// because all exported checkpoints depend on it.
func Rotate(ctx context.Context, s *store.Store, progress func(done, all int)) (r Result, err error) {
	k := s.Keys()
	release, err := k.ReserveRotation()
	if err != nil {
		return r, err
	}
	defer release()
	if err := k.AwaitFormerUses(ctx); err != nil {
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
	if ids := k.KeyIDs(); anyInUse(records, ids[1:]) {
		r.Key = ids[0]
		of, err := resealAllRecords(ctx, s, tell)
		r.RecordsSealed = of.done
		if err != nil {
			return r, err
		}
		if of.done > 0 {
			return r, of.unopenableError()
		}
		// The records that are left cannot be opened. They do not prevent making a new key.
	}
	if r.Key, err = makePrimaryKey(ctx, s); err != nil {
		return r, err
	}
	r.IsNewKey = true
	if err := k.AwaitFormerUses(ctx); err != nil {
		return r, err
	}
	of, err := resealAllRecords(ctx, s, func(done int) { tell(done + 1) })
	r.RecordsSealed = of.done + 1 // The store's mark was resealed too, and counts as a record.
	return r, cmp.Or(err, of.unopenableError())
}

// makePrimaryKey makes a key and makes it the primary key, under which all later values are sealed. It first writes the key to the key
// file, and then reseals the store's mark under the key, so that all processes that use the store agree on the key. If it is
// interrupted between these steps, every key in use is still in a key file.
func makePrimaryKey(ctx context.Context, s *store.Store) (id uint32, err error) {
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

// resealStoreMark reseals the store's mark under the key with the given id. It does nothing if the mark is sealed under an
// unknown key.
func resealStoreMark(ctx context.Context, s *store.Store, id uint32) error {
	return s.Engine().Update(ctx, func(kv kvdb.KV) error {
		sealed, _ := kv.Get(store.SealMarkKey)
		mark, err := s.Keys().Unseal(store.SealMarkKey, sealed)
		if err != nil {
			return ErrKeyNotInFile
		}
		anew, err := s.Keys().SealWithKey(id, store.SealMarkKey, mark)
		if err != nil {
			return err
		}
		kv.Put(store.SealMarkKey, anew)
		return nil
	})
}

// anyInUse reports whether any record is sealed under one of the given keys.
func anyInUse(records map[uint32]int, keys []uint32) bool {
	return slices.ContainsFunc(keys, func(id uint32) bool { return records[id] > 0 })
}

// DropOldKeys removes every key except the primary from the key file, and returns the ids of the removed keys. It returns
// ErrInUse if a record is still sealed under one of them.
func DropOldKeys(ctx context.Context, s *store.Store) (forgotten []uint32, err error) {
	k := s.Keys()
	release, err := k.ReserveRotation()
	if err != nil {
		return nil, err
	}
	defer release()
	if err := k.AwaitFormerUses(ctx); err != nil { // Once all uses are over, nothing more is sealed under an older key.
		return nil, err
	}
	records, err := countByKey(ctx, s)
	if err != nil {
		return nil, err
	}
	older := k.KeyIDs()[1:]
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
