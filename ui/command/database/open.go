package database

import (
	"context"
	"errors"

	"loket/flows/clock"
	"loket/flows/timekeeping"
	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/ui/command/console"
)

// Open opens an existing store that has the current schema.
func (d Database) Open(ctx context.Context, clock *clock.Clock) (*store.Store, error) {
	engine, keys, err := d.openEngineAndKeys(ctx, nil)
	if err != nil {
		return nil, err
	}
	return d.OpenStore(ctx, engine, keys, nil, clock)
}

// OpenOrCreate opens the store, or creates it if it does not exist. It creates the key file before the database, so that there
// is never a database without keys. An existing key file without a database was left by an interrupted command, and is used.
func (d Database) OpenOrCreate(ctx context.Context, c *console.Console) (s *store.Store, made bool, err error) {
	s, err = d.Open(ctx, c.Clock)
	if !errors.Is(err, kvdb.ErrNoFile) {
		return s, false, err
	}
	keys, err := keyring.ReadKeyFile(d.KeyFile())
	if errors.Is(err, keyring.ErrNoFile) {
		keys, err = keyring.CreateKeyFile(d.KeyFile())
	}
	if err == nil {
		err = keys.UpgradeKeyFile() // Renew only the format of a key file that an earlier version of loket made.
	}
	if err != nil {
		return nil, false, err
	}
	engine, err := d.NewEngine(ctx)
	if err != nil {
		return nil, false, d.explainOpenError(err)
	}
	c.PrintNotice("Made %s and its key file %s. Keep a copy of the key file in another place: without it nobody can read the database.", d.DB, d.KeyFile())
	if s, err = d.OpenStore(ctx, engine, keys, nil, c.Clock); err != nil {
		return nil, false, err
	}
	if _, err := timekeeping.New(s, c.Clock).UpdateBelievedMoment(ctx); err != nil {
		return nil, false, errors.Join(err, s.Close())
	}
	return s, true, nil
}

// OpenStore opens the store in an engine. If err, from reading the keys, is not nil or the store cannot be opened, it closes
// the engine.
func (d Database) OpenStore(ctx context.Context, engine kvdb.Engine, keys *keyring.Keys, err error, clock *clock.Clock) (s *store.Store, _ error) {
	if err == nil {
		s, err = store.Open(ctx, engine, keys, clock.Now)
	}
	if err == nil {
		err = timekeeping.AnchorClock(ctx, s, clock)
	}
	if err != nil {
		return nil, errors.Join(d.explainOpenError(err), engine.Close())
	}
	d.spillPlace().RemoveLeftovers()
	s.SetSpillPlace(d.spillPlace())
	return s, nil
}
