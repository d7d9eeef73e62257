package command

import (
	"context"
	"errors"
	"strings"

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
func (d Database) with(ctx context.Context, c *Session, fn func(*store.Store) error) error {
	return d.use(ctx, c, fn, func() (*store.Store, error) { return d.open(ctx, c.Clock) })
}

// withNew is with, and makes the store if it is not there: then nobody else has it
// open.
func (d Database) withNew(ctx context.Context, c *Session, fn func(s *store.Store, made bool) error) error {
	made := false
	use := func(s *store.Store) error { return fn(s, made) }
	return d.use(ctx, c, use, func() (s *store.Store, err error) {
		s, made, err = d.openOrCreate(ctx, c.Console)
		return s, err
	})
}

// use notes in the audit log what a store is opened for. One in which that cannot be
// is looked at all the same: it may be what is wrong with it.
func (d Database) use(ctx context.Context, c *Session, fn func(*store.Store) error, open func() (*store.Store, error)) (err error) {
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

// receipts is what the names of files begin with in which the courier of a process,
// which has this name among those on the machine, keeps what has left: beside the
// database, or else beside the key file.
func (d Database) receipts(process string) string {
	if !d.shared() {
		return d.DB + ".sent"
	}
	plain := func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r <= ' ' {
			return '_'
		}
		return r
	}
	return d.keyFile() + "." + strings.Map(plain, process) + ".sent"
}

// is tells whether nothing else was given than what another one has.
func (d Database) is(other Database) bool {
	return (d.DB == "" || d.DB == other.DB) && (d.Keys == "" || d.Keys == other.keyFile()) &&
		(d.Cluster == Cluster{} || d.Cluster == other.Cluster)
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
