package command

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
)

// Database is the store that a command works on.
type Database struct {
	DB      string  `name:"db" env:"LOKET_DB" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster. Over SSH it is the one that the desk has open."`
	Keys    string  `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster Cluster `embed:"" envprefix:"LOKET_"`
}

// keyFile is where the keys are. Beside a cluster they have no place.
func (d Database) keyFile() string {
	if d.Keys != "" || d.shared() {
		return d.Keys
	}
	return d.DB + ".key"
}

// with has fn work on the store that the process has open, or else opens it for fn.
func (d Database) with(ctx context.Context, c *Console, fn func(*store.Store) error) error {
	return d.use(ctx, c, fn, func() (*store.Store, error) { return d.open(ctx, c.Clock) })
}

// withNew is with, and makes the store if it is not there: then nobody else has it
// open.
func (d Database) withNew(ctx context.Context, c *Console, fn func(s *store.Store, made bool) error) error {
	made := false
	use := func(s *store.Store) error { return fn(s, made) }
	return d.use(ctx, c, use, func() (s *store.Store, err error) {
		s, made, err = d.openOrCreate(ctx, c)
		return s, err
	})
}

// use notes in the audit log what a store is opened for. One in which that cannot be
// is looked at all the same: it may be what is wrong with it.
func (d Database) use(ctx context.Context, c *Console, fn func(*store.Store) error, open func() (*store.Store, error)) (err error) {
	if c.Held != nil {
		if !d.is(c.Held.Database) {
			return Usage("the desk that is open here has a database of its own: leave --db, --keys and the --etcd flags out")
		}
		return fn(c.Held.Store)
	}
	s, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if c.command != "" {
		if err := c.note(ctx, s, c.command, askedFor); err != nil {
			c.say("The audit log does not know of this: %v.", err)
		}
	}
	return d.told(fn(s))
}

// is tells whether nothing else was given than what another one has.
func (d Database) is(other Database) bool {
	return (d.DB == "" || d.DB == other.DB) && (d.Keys == "" || d.Keys == other.keyFile()) &&
		(d.Cluster == Cluster{} || d.Cluster == other.Cluster)
}

// Held is a database that the process has open, for commands that come to it.
type Held struct {
	Database
	Store    *store.Store
	Settings desk.Settings // of its desk
	Keep     maintenance.Settings
}

// open opens a store that is there, over its engine as it comes out of wraps.
func (d Database) open(ctx context.Context, clock *clock.Clock, wraps ...func(store.Engine) store.Engine) (*store.Store, error) {
	if err := d.given(); err != nil {
		return nil, err
	}
	engine, err := d.engine(ctx)
	if err != nil {
		return nil, d.sentence(err)
	}
	for _, wrap := range wraps {
		engine = wrap(engine)
	}
	keys, err := store.ReadKeys(d.keyFile())
	return d.unlock(ctx, engine, keys, err, clock)
}

// openOrCreate also makes the store, if it is not there. The key file comes
// first, so that there is never a database that nobody can read; one that is
// there already was made by a command that was stopped in between.
func (d Database) openOrCreate(ctx context.Context, c *Console) (s *store.Store, made bool, err error) {
	s, err = d.open(ctx, c.Clock)
	if !errors.Is(err, store.ErrNoFile) {
		return s, false, err
	}
	keys, err := store.ReadKeys(d.keyFile())
	if errors.Is(err, store.ErrNoKeys) {
		keys, err = store.CreateKeys(d.keyFile())
	}
	if err != nil {
		return nil, false, err
	}
	engine, err := d.newEngine(ctx)
	if err != nil {
		return nil, false, d.sentence(err)
	}
	c.say("Made %s and its key file %s. Keep a copy of the key file in another place: without it nobody can read the database.", d.DB, d.keyFile())
	s, err = d.unlock(ctx, engine, keys, nil, c.Clock)
	return s, err == nil, err
}

func (d Database) given() error {
	if d.DB == "" {
		return Usage("say with --db which database")
	}
	return d.check()
}

// check refuses what cannot be meant. A desk without a database is a demo.
func (d Database) check() error {
	if err := d.Cluster.check(d.DB); err != nil {
		return err
	}
	if d.shared() && d.Keys == "" {
		return Usage("say with --keys where the key file is: beside a cluster it has no place of its own")
	}
	return nil
}

// unlock gives the store in an engine, or closes the engine if there is none.
func (d Database) unlock(ctx context.Context, engine store.Engine, keys *store.Keys, err error, clock *clock.Clock) (s *store.Store, _ error) {
	if err == nil {
		s, err = store.Open(ctx, engine, keys, clock.Now)
	}
	if err != nil {
		return nil, errors.Join(d.sentence(err), engine.Close())
	}
	return s, nil
}

// sentence tells an operator why a store cannot be opened, and what to do.
func (d Database) sentence(err error) error {
	if trouble := d.trouble(err); trouble != nil {
		return trouble
	}
	says := map[error]string{
		store.ErrNoFile:     fmt.Sprintf("there is no database %s; make one with: loket import --db %s data.jsonl", d.DB, d.DB),
		store.ErrInUse:      fmt.Sprintf("another process has the database %s open: give it the command over SSH (loket serve --operators), or stop it first", d.DB),
		store.ErrNoKeys:     fmt.Sprintf("the key file %s is not there, and without it nobody can read %s: put it back, or say where it is with --keys", d.keyFile(), d.DB),
		store.ErrWrongKeys:  fmt.Sprintf("the key file %s belongs to another database than %s, or lacks the key that it was sealed under since", d.keyFile(), d.DB),
		store.ErrHalfCopied: fmt.Sprintf("somebody began to copy a database to %s, which is not complete: run that loket copy again", d.DB),
	}
	for reason, sentence := range says {
		if errors.Is(err, reason) {
			return &unopened{sentence, reason}
		}
	}
	return fmt.Errorf("%s cannot be used: %w", d.DB, err)
}

// unopened is a reason in words of its own.
type unopened struct {
	sentence string
	reason   error
}

func (u *unopened) Error() string { return u.sentence }
func (u *unopened) Unwrap() error { return u.reason }
