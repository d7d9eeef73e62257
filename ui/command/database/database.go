// Package database has the flags that say which database a command works on, and opens
// it. Over SSH a command works on the one that the process has open.
//
// Start at Database, which nearly every command embeds, and at its method With. A Session
// is what a command on a database runs in. It stands on package console, and on the
// engines of the store.
package database

import (
	"path/filepath"
	"strings"

	"loket/store/spill"
	"loket/ui/command/console"
	"loket/ui/command/permissions"
)

// Database is the store that a command works on.
type Database struct {
	DB      string  `name:"db" env:"LOKET_DB" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster. Over SSH it is the one that the desk has open."`
	Keys    string  `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster Cluster `embed:"" envprefix:"LOKET_"`
}

// Chosen returns the database that a command was given.
func (d Database) Chosen() Database { return d }

// IsFlag reports whether a flag of that name says which database, itself or by a file.
func IsFlag(name string) bool {
	return name == "db" || name == "keys" || name == "config" || strings.HasPrefix(name, "etcd-")
}

// KeyFile returns where the keys are. Beside a cluster they have no place.
func (d Database) KeyFile() string {
	if d.Keys != "" || d.IsShared() {
		return d.Keys
	}
	return d.DB + ".key"
}

// PermissionWarnings returns a warning for each secret file that others can read or write.
func (d Database) PermissionWarnings() []string {
	return permissions.SecretWarnings(d.KeyFile(), d.Cluster.Key, d.Cluster.LoginFile)
}

// ReceiptsPrefix returns what the names of the files begin with in which the courier of a
// process keeps what has left: beside the database, or else beside the key file. The
// name of the process is unique on this machine.
func (d Database) ReceiptsPrefix(process string) string {
	if !d.IsShared() {
		return d.DB + ".sent"
	}
	plain := func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r <= ' ' {
			return '_'
		}
		return r
	}
	return d.KeyFile() + "." + strings.Map(plain, process) + ".sent"
}

// spills is where is put on disk what is too much for memory: beside the database, or else
// beside the key file.
func (d Database) spills() spill.Place {
	path := d.DB
	if d.IsShared() {
		path = d.KeyFile()
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return spill.PlaceBeside(path)
}

// matches reports whether nothing else was given than what the other one has.
func (d Database) matches(other Database) bool {
	return (d.DB == "" || d.DB == other.DB) && (d.Keys == "" || d.Keys == other.KeyFile()) &&
		(d.Cluster == Cluster{} || d.Cluster == other.Cluster)
}

// CheckGiven refuses what cannot be meant, and that no database is given.
func (d Database) CheckGiven() error {
	if d.DB == "" {
		return console.UsageError("say with --db which database")
	}
	return d.Check()
}

// Check refuses what cannot be meant. A desk without a database is a demo.
func (d Database) Check() error {
	if err := d.Cluster.checkFlags(d.DB); err != nil {
		return err
	}
	if d.IsShared() && d.Keys == "" {
		return console.UsageError("say with --keys where the key file is: beside a cluster it has no place of its own")
	}
	return nil
}

// IsShared reports whether others may have the database open.
func (d Database) IsShared() bool { return IsCluster(d.DB) }
