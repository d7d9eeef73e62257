package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// Version is the schema that this program writes. Opening an older store
// migrates it; a newer one is refused, since rewriting its records would drop
// the fields that this program does not know.
const Version = 5

const (
	SchemaKey = meta + "/schema"
	SealKey   = meta + "/seal"
)

// A Store keeps records in an engine, sealed under keys.
type Store struct {
	engine   kvdb.Engine
	keys     *keyring.Keys
	now      func() time.Time
	posted   map[Channel]chan struct{}
	recorded chan struct{}
}

// ErrWrongKeys says that a store is sealed under other keys.
var ErrWrongKeys = errors.New("the key file belongs to another database")

// ErrHalfCopied says that somebody began to copy a store there (see backup.Copy), and
// did not come to its end.
var ErrHalfCopied = errors.New("a copy that was not completed")

// Open gives a store over engine, whose every transaction takes its instant
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
			return ErrWrongKeys
		}
		return nil
	})
	return version, err
}

func parseVersion(schema string) (int, error) {
	version, err := strconv.Atoi(schema)
	if err != nil {
		return 0, fmt.Errorf("schema version %q: %w", schema, err)
	}
	if version < 1 || version > Version {
		return 0, fmt.Errorf("the database has schema version %d and this program knows version %d: use the loket that wrote it, or a newer one", version, Version)
	}
	return version, nil
}

// initialise marks an empty engine as a store of these keys, unless it is one by now.
func (s *Store) initialise(ctx context.Context) error {
	return s.Update(ctx, func(tx *Tx) error {
		if _, found := tx.sealed.KV.Get(SchemaKey); found {
			return nil
		}
		mark, err := s.keys.Seal(SealKey, []byte("loket"))
		if err != nil {
			return fmt.Errorf("seal: %w", err)
		}
		tx.sealed.KV.Put(SealKey, mark)
		tx.putVersion(Version)
		return nil
	})
}

func (tx *Tx) putVersion(version int) { tx.sealed.KV.Put(SchemaKey, []byte(strconv.Itoa(version))) }

// Scrub makes sure that nobody, whatever keys they hold, can read any more what
// was overwritten or deleted until now. The error is ErrBusy if that has to be
// tried again later.
func (s *Store) Scrub(ctx context.Context) error { return s.engine.Scrub(ctx) }

// Life is done once nothing can be read or kept any more: see [Engine].
func (s *Store) Life() context.Context { return s.engine.Life() }

// Close closes the engine.
func (s *Store) Close() error { return s.engine.Close() }

// Engine, Keys and Now are what the store was opened with, for packages that go
// through all of it as it is sealed. Whatever those write must be sealed under Keys.
func (s *Store) Engine() kvdb.Engine { return s.engine }
func (s *Store) Keys() *keyring.Keys { return s.keys }
func (s *Store) Now() time.Time      { return s.now() }

// Wake has whoever waits on Posted or Recorded look, because all of the store may
// have changed.
func (s *Store) Wake() {
	for _, posted := range s.posted {
		signal(posted)
	}
	signal(s.recorded)
}

// View runs fn over one snapshot.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	return s.engine.View(ctx, s.typed(nil, fn))
}

// Update runs fn in one transaction, which commits when fn returns nil and
// nothing failed in tx. fn may run more than once: it does nothing outside tx
// that a second run would not do over, and opens no other transaction.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	defer s.keys.Use()()
	var posted []Channel
	var recorded bool
	err := s.engine.Update(ctx, s.typed(nil, func(tx *Tx) error {
		err := fn(tx)
		posted, recorded = tx.posted, tx.recorded
		return err
	}))
	if err != nil {
		return err
	}
	for _, channel := range posted {
		signal(s.posted[channel])
	}
	if recorded {
		signal(s.recorded)
	}
	return nil
}

// signal lets one who waits know; it is enough if they know already.
func signal(waits chan<- struct{}) {
	select {
	case waits <- struct{}{}:
	default:
	}
}

// Posted tells that there is something to be sent now over a channel, as soon as
// it is committed by this process. Several messages may be told of as one.
func (s *Store) Posted(channel Channel) <-chan struct{} { return s.posted[channel] }

func (s *Store) typed(batch *sealedkv.Batch, fn func(*Tx) error) func(kvdb.KV) error {
	return func(kv kvdb.KV) error {
		tx := &Tx{Now: s.now().UTC().Truncate(time.Microsecond), sealed: sealedkv.New(kv, s.keys, batch)}
		err := fn(tx)
		return cmp.Or(tx.sealed.Err(), err) // which outranks what fn made of it
	}
}
