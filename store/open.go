package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// ErrWrongKeys says that a store is sealed under other keys.
var ErrWrongKeys = errors.New("the key file belongs to another database")

// ErrDamagedSeal says that the mark of a store cannot be unsealed, though the keys are
// right.
var ErrDamagedSeal = errors.New("damaged database: meta seal cannot be unsealed")

// ErrHalfCopied says that somebody began to copy a store there (see backup.Copy), and
// did not come to its end.
var ErrHalfCopied = errors.New("a copy that was not completed")

// Open opens a store over engine, whose every transaction takes its instant
// from now. An empty engine is made into a store first. Keys of another store
// are ErrWrongKeys.
func Open(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time) (*Store, error) {
	s := &Store{engine, keys, now, map[Channel]chan struct{}{}, make(chan struct{}, 1)}
	for _, channel := range Channels {
		s.posted[channel] = make(chan struct{}, 1)
	}
	version, err := s.version(ctx)
	if err == nil && version == 0 {
		if err = s.initialise(ctx); err == nil {
			version, err = s.version(ctx) // whoever made it: several may have tried
		}
	}
	if err == nil && version < Version {
		err = s.migrate(ctx, version)
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

// Blank reports whether no store was ever made in engine, or begun to be copied there.
func Blank(ctx context.Context, engine kvdb.Engine) (blank bool, err error) {
	err = engine.View(ctx, func(kv kvdb.KV) error {
		_, found := kv.Get(SchemaKey)
		_, begun := kv.Get(SealKey)
		blank = !found && !begun
		return nil
	})
	return blank, err
}

// version is the schema that the store has, 0 if the engine is empty.
func (s *Store) version(ctx context.Context) (version int, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		schema, found := tx.sealed.KV.Get(SchemaKey)
		sealed, copied := tx.sealed.KV.Get(SealKey)
		if !found && copied {
			return ErrHalfCopied
		}
		if !found {
			return nil
		}
		if version, err = parseVersion(string(schema)); err != nil {
			return err
		}
		if _, err := s.keys.Open(SealKey, sealed); err != nil {
			if s.opensSome(tx.sealed.KV, sealed) {
				return ErrDamagedSeal
			}
			return ErrWrongKeys
		}
		return nil
	})
	return version, err
}

// opensSome reports whether the keys are those of a store whose own seal they do not
// open: they have the one that it was sealed under, or open another record.
func (s *Store) opensSome(kv kvdb.KV, seal []byte) bool {
	if s.keys.Has(keyring.SealedUnder(seal)) {
		return true
	}
	for _, table := range Tables {
		for key, sealed := range kv.Scan(table + "/") {
			if _, err := s.keys.Open(key, sealed); err == nil {
				return true
			}
			break
		}
	}
	return false
}

// SealOf returns the mark that shows under which keys a store is sealed.
func SealOf(keys *keyring.Keys) ([]byte, error) {
	mark, err := keys.Seal(SealKey, []byte("loket"))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return mark, nil
}

// initialise marks an empty engine as a store of these keys, unless it is one by now.
func (s *Store) initialise(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		if _, found := tx.sealed.KV.Get(SchemaKey); found {
			return nil
		}
		mark, err := SealOf(s.keys)
		if err != nil {
			return err
		}
		tx.sealed.KV.Put(SealKey, mark)
		tx.putVersion(Version)
		return nil
	})
}
