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

// ErrDamagedSeal says that the seal of a store cannot be opened, although the keys are
// right.
var ErrDamagedSeal = errors.New("damaged database: meta seal cannot be unsealed")

// ErrIncompleteCopy says that a copy of a store to there was begun (see backup.Copy) and
// not completed.
var ErrIncompleteCopy = errors.New("a copy that was not completed")

// An OldSchema is an error of Open: the version of a store with an earlier schema, which
// only Migrate opens.
type OldSchema int

func (v OldSchema) Error() string {
	return fmt.Sprintf("the database has schema version %d, and this program works with version %d", int(v), Version)
}

// ErrOldKeys says that the key file has an earlier version, which Migrate renews.
var ErrOldKeys = errors.New("the key file is of an earlier version")

// Open opens a store on engine. Each transaction takes its time from now. An empty engine
// becomes a store. With the keys of another store the error is ErrWrongKeys. For a store
// of an earlier schema it is an OldSchema, and nothing is written.
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
		if err = s.initialise(ctx); err == nil {
			_, err = s.schemaVersion(ctx) // of several processes, another may have made it
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

// IsEmptyEngine reports whether engine has neither a store nor a copy that was begun.
func IsEmptyEngine(ctx context.Context, engine kvdb.Engine) (blank bool, err error) {
	err = engine.View(ctx, func(kv kvdb.KV) error {
		_, found := kv.Get(SchemaKey)
		_, begun := kv.Get(SealKey)
		blank = !found && !begun
		return nil
	})
	return blank, err
}

// schemaVersion returns the schema of the store, or 0 if the engine is empty.
func (s *Store) schemaVersion(ctx context.Context) (version int, err error) {
	err = s.View(ctx, func(tx *Tx) (err error) {
		sealed, copied := tx.sealed.KV.Get(SealKey)
		if version, err = SchemaOf(tx.sealed.KV); err != nil {
			return err
		}
		if version == 0 && copied {
			return ErrIncompleteCopy
		}
		if version == 0 {
			return nil
		}
		if _, err := s.keys.Open(SealKey, sealed); err != nil {
			if s.opensAnyRecord(tx.sealed.KV, sealed) {
				return ErrDamagedSeal
			}
			return ErrWrongKeys
		}
		return nil
	})
	return version, err
}

// opensAnyRecord reports whether the keys belong to a store although they do not open its
// seal: they include the key of the seal, or open another record.
func (s *Store) opensAnyRecord(kv kvdb.KV, seal []byte) bool {
	if s.keys.Has(keyring.SealingKeyID(seal)) {
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

// NewSealMark returns the mark that shows under which keys a store is sealed.
func NewSealMark(keys *keyring.Keys) ([]byte, error) {
	mark, err := keys.Seal(SealKey, []byte("loket"))
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return mark, nil
}

// initialise makes an empty engine a store of these keys, unless it is one by now.
func (s *Store) initialise(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		if _, found := tx.sealed.KV.Get(SchemaKey); found {
			return nil
		}
		mark, err := NewSealMark(s.keys)
		if err != nil {
			return err
		}
		tx.sealed.KV.Put(SealKey, mark)
		tx.putVersion(Version)
		return nil
	})
}
