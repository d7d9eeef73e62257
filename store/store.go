package store

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Version is the schema that this program writes. Opening an older store
// migrates it; a newer one is refused, since rewriting its records would drop
// the fields that this program does not know.
const Version = 1

const (
	schemaKey = "meta/schema"
	sealKey   = "meta/seal"
)

// A Store keeps records in an engine, sealed under keys.
type Store struct {
	engine Engine
	keys   *Keys
	now    func() time.Time
}

// Open gives a store over engine, whose every transaction takes its instant
// from now. An empty engine is made into a store first. Keys of another store
// are ErrWrongKeys.
func Open(ctx context.Context, engine Engine, keys *Keys, now func() time.Time) (*Store, error) {
	s := &Store{engine, keys, now}
	known := false
	err := s.View(ctx, func(tx *Tx) error {
		schema, found := tx.kv.Get(schemaKey)
		known = found
		if !found {
			return nil
		}
		if err := checkVersion(string(schema)); err != nil {
			return err
		}
		sealed, _ := tx.kv.Get(sealKey)
		if _, err := keys.open(sealKey, sealed); err != nil {
			return ErrWrongKeys
		}
		return nil
	})
	if err == nil && !known {
		err = s.initialise(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

func checkVersion(schema string) error {
	version, err := strconv.Atoi(schema)
	if err != nil {
		return fmt.Errorf("schema version %q: %w", schema, err)
	}
	if version != Version {
		return fmt.Errorf("the database has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", version, Version)
	}
	return nil
}

// initialise marks an empty engine as a store of these keys.
func (s *Store) initialise(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		mark, err := s.keys.seal(sealKey, []byte("loket"))
		if err != nil {
			return fmt.Errorf("seal: %w", err)
		}
		tx.kv.Put(sealKey, mark)
		tx.kv.Put(schemaKey, []byte(strconv.Itoa(Version)))
		return nil
	})
}

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// View runs fn over one snapshot.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.View(ctx, s.typed(nil, fn))
}

// Update runs fn in one transaction, which commits when fn returns nil and
// nothing failed in tx. fn may run more than once: it does nothing outside tx
// that a second run would not do over, and opens no other transaction.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.Update(ctx, s.typed(nil, fn))
}

func (s *Store) typed(gathered map[string]any, fn func(*Tx) error) func(KV) error {
	return func(kv KV) error {
		tx := &Tx{Now: s.now().UTC().Truncate(time.Microsecond), kv: kv, keys: s.keys, gathered: gathered}
		err := fn(tx)
		if tx.err != nil { // outranks what fn made of it
			return tx.err
		}
		return err
	}
}
