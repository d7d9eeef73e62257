package database

import (
	"context"
	"errors"

	"loket/store"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/overlay"
	"loket/store/spill"
	"loket/ui/command/console"
)

// WithStore calls fn with the store that the process has open. If no store is open, it opens the store for the duration of the
// call.
func (d Database) WithStore(ctx context.Context, c *CommandSession, fn func(*store.Store) error) error {
	return d.recordCommandAndCall(ctx, c, fn, func() (*store.Store, error) { return d.Open(ctx, c.Clock) })
}

// WithNewStore is like WithStore, but creates the store if it does not exist. made reports whether the store is new.
func (d Database) WithNewStore(ctx context.Context, c *CommandSession, fn func(s *store.Store, made bool) error) error {
	made := false
	use := func(s *store.Store) error { return fn(s, made) }
	return d.recordCommandAndCall(ctx, c, use, func() (s *store.Store, err error) {
		s, made, err = d.OpenOrCreate(ctx, c.Console)
		return s, err
	})
}

// WithTrialStore calls fn with a copy of the store whose changes are thrown away. If the store does not exist, the copy is
// empty.
func (d Database) WithTrialStore(ctx context.Context, c *CommandSession, fn func(*store.Store) error) error {
	try := func(below kvdb.Engine, keys *keyring.Keys, spills spill.Place) (err error) {
		trial := overlay.NewTrial(below, spills)
		defer func() { err = errors.Join(err, trial.Close()) }()
		s, err := store.Open(ctx, trial, keys, c.Clock.Now)
		if err != nil {
			return err
		}
		s.SetSpillPlace(spills)
		return fn(s)
	}
	err := d.WithStore(ctx, c, func(s *store.Store) error { return try(s.Engine(), s.Keys(), s.SpillPlace()) })
	if !errors.Is(err, kvdb.ErrNoFile) {
		return err
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		return err
	}
	return try(nil, keys, spill.Place{})
}

// recordCommandAndCall opens a store, records the command in the audit log, and calls fn. It calls fn even if recording fails,
// because the command may be the one that finds out why.
func (d Database) recordCommandAndCall(ctx context.Context, c *CommandSession, fn func(*store.Store) error, open func() (*store.Store, error)) (err error) {
	if c.OpenDatabase != nil {
		if !d.matchesSetFlags(c.OpenDatabase.Database) {
			return console.UsageError("the desk that is open here has a database of its own: leave --db, --keys and the --etcd flags out")
		}
		return fn(c.OpenDatabase.Store)
	}
	s, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, warning := range append(d.ClusterWarnings(), d.PermissionWarnings()...) {
		c.PrintNotice("Warning: %s.", warning)
	}
	if c.Command != "" {
		if err := c.RecordCommand(ctx, s, c.Command, OutcomeRequested); err != nil {
			c.PrintNotice("The audit log does not know of this: %v.", err)
		}
	}
	return d.explainFullCluster(fn(s))
}
