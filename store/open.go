package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// ErrWrongKeys means that a store is sealed under other keys.
var ErrWrongKeys = errors.New("the key file belongs to another database")

// ErrDamagedSeal means that the seal of a store cannot be opened, although the keys are right.
var ErrDamagedSeal = errors.New("damaged database: meta seal cannot be unsealed")

// ErrIncompleteCopy means that somebody began to copy a store into this engine and did not complete the copy (see
// backup.Copy).
var ErrIncompleteCopy = errors.New("a copy that was not completed")

// An OldSchema is the error of Open for a store with an earlier schema, which only Migrate opens. Its value is the schema
// version.
type OldSchema int

func (v OldSchema) Error() string {
	return fmt.Sprintf("the database has schema version %d, and this program works with version %d", int(v), Version)
}

// ErrOldKeys means that the key file has an earlier version, which Migrate renews.
var ErrOldKeys = errors.New("the key file is of an earlier version")

// Open opens a store on engine. Each transaction gets its time from the function now. If the engine is empty, Open creates a
// store in it. With the keys of another store the error is ErrWrongKeys. For a store of an earlier schema the error is an
// OldSchema, and nothing is written.
func Open(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, now func() time.Time) (*Store, error) {
	s := newStore(engine, keys, now)
	version, err := s.schemaVersion(ctx)
	switch {
	case err != nil:
	case version > 0 && version < Version:
		err = OldSchema(version)
	case keys.HasOldFormat():
		err = ErrOldKeys
	case version == 0:
		if err = s.initialiseEmptyEngine(ctx); err == nil {
			_, err = s.schemaVersion(ctx) // Another process may have created the store.
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return s, nil
}

func newStore(engine kvdb.Engine, keys *keyring.Keys, now func() time.Time) *Store {
	s := &Store{engine: engine, keys: keys, now: now, postedSignals: map[Channel]chan struct{}{}, auditedSignal: make(chan struct{}, 1)}
	for _, channel := range Channels {
		s.postedSignals[channel] = make(chan struct{}, 1)
	}
	return s
}

// IsEmptyEngine reports whether engine contains neither a store nor an incomplete copy.
func IsEmptyEngine(ctx context.Context, engine kvdb.Engine) (blank bool, err error) {
	err = engine.View(ctx, func(kv kvdb.KV) error {
		_, found := kv.Get(SchemaKey)
		_, begun := kv.Get(SealMarkKey)
		blank = !found && !begun
		return nil
	})
	return blank, err
}

// schemaVersion returns the schema version of the store, or 0 if the engine is empty.
func (s *Store) schemaVersion(ctx context.Context) (version int, err error) {
	err = s.View(ctx, func(tx *Tx) (err error) {
		sealed, copied := tx.sealed.KV.Get(SealMarkKey)
		if version, err = SchemaOf(tx.sealed.KV); err != nil {
			return err
		}
		if version == 0 && copied {
			return ErrIncompleteCopy
		}
		if version == 0 {
			return nil
		}
		if _, err := s.keys.Unseal(SealMarkKey, sealed); err != nil {
			if s.canOpenAnyRecord(tx.sealed.KV, sealed) {
				return ErrDamagedSeal
			}
			return ErrWrongKeys
		}
		return nil
	})
	return version, err
}

// canOpenAnyRecord reports whether the keys belong to a store although they do not open its seal. The keys belong to it if they
// include the key of the seal, or open another record.
func (s *Store) canOpenAnyRecord(kv kvdb.KV, seal []byte) bool {
	if s.keys.HasKey(keyring.SealingKeyID(seal)) {
		return true
	}
	for _, table := range Tables {
		for key, sealed := range kv.Scan(table + "/") {
			if _, err := s.keys.Unseal(key, sealed); err == nil {
				return true
			}
			break
		}
	}
	return false
}

// NewSealMark returns the seal of a store: a value that shows under which keys the store is sealed.
func NewSealMark(keys *keyring.Keys) ([]byte, error) {
	mark, err := keys.Seal(SealMarkKey, []byte("loket"))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return mark, nil
}

// initialiseEmptyEngine creates a store with these keys in an empty engine, unless another process has done so.
func (s *Store) initialiseEmptyEngine(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		if _, found := tx.sealed.KV.Get(SchemaKey); found {
			return nil
		}
		mark, err := NewSealMark(s.keys)
		if err != nil {
			return err
		}
		tx.sealed.KV.Put(SealMarkKey, mark)
		tx.putVersion(Version)
		return nil
	})
}
