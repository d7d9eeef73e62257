// Package database has the flags that name the database of a command, and opens it. Over SSH, a command works on the database
// that the process already has open.
//
// Start at Database, which nearly every command embeds, and at its method WithStore. A Session is the environment of a command
// that uses a database.
package database

import (
	"path/filepath"
	"strings"

	"loket/store/spill"
	"loket/ui/command/console"
	"loket/ui/command/permissions"
)

// Database has the flags that name the database of a command.
type Database struct {
	DB      string       `name:"db" env:"LOKET_DB" placeholder:"WHERE" help:"The database: a file, or etcd://HOST:2379,HOST:2379,HOST:2379/NAME on a cluster. Over SSH it is the one that the desk has open."`
	Keys    string       `env:"LOKET_KEYS" placeholder:"FILE" help:"Its key file: that of the database with .key after it, unless given. It must be given for one on a cluster."`
	Cluster ClusterFlags `embed:"" envprefix:"LOKET_"`
}

// ChosenDatabase returns the database that the flags of a command name.
func (d Database) ChosenDatabase() Database { return d }

// IsDatabaseFlag reports whether the flag with the given name chooses the database, or is a configuration file that can choose it.
func IsDatabaseFlag(name string) bool {
	return name == "db" || name == "keys" || name == "config" || strings.HasPrefix(name, "etcd-")
}

// KeyFile returns the path of the key file. It is empty for a database on a cluster if no path is given.
func (d Database) KeyFile() string {
	if d.Keys != "" || d.IsShared() {
		return d.Keys
	}
	return d.DB + ".key"
}

// CheckOutputs returns an error if a command would write its output over the database, or over a file that opens it.
func (d Database) CheckOutputs(files console.NamedFiles) error {
	for _, f := range files.Written {
		for _, own := range []string{d.DB, d.KeyFile(), d.Cluster.CA, d.Cluster.Cert, d.Cluster.Key, d.Cluster.LoginFile} {
			if own != "" && console.IsSameFile(f.File, own) {
				return console.UsageError(f.File + " belongs to the database: write to another file")
			}
		}
	}
	return nil
}

// PermissionWarnings returns a warning for each secret file that other users can read or write.
func (d Database) PermissionWarnings() []string {
	return permissions.SecretWarnings(d.KeyFile(), d.Cluster.Key, d.Cluster.LoginFile)
}

// ReceiptsPrefix returns the path prefix of the files in which the courier of a process keeps receipts of sent messages. The
// files are beside the database file, or else beside the key file. The name of the process must be unique on this machine.
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

// spillPlace returns the place on disk for data that does not fit in memory. It is beside the database file, or else beside the
// key file.
func (d Database) spillPlace() spill.Place {
	path := d.DB
	if d.IsShared() {
		path = d.KeyFile()
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	return spill.NewPlaceBeside(path)
}

// matchesSetFlags reports whether all flags that are set in d have the same values in other.
func (d Database) matchesSetFlags(other Database) bool {
	return (d.DB == "" || d.DB == other.DB) && (d.Keys == "" || d.Keys == other.KeyFile()) &&
		(d.Cluster == ClusterFlags{} || d.Cluster == other.Cluster)
}

// CheckDatabaseGiven returns an error if no database is given, or if the flags do not go together.
func (d Database) CheckDatabaseGiven() error {
	if d.DB == "" {
		return console.UsageError("say with --db which database")
	}
	return d.Check()
}

// Check returns an error if the flags do not go together. They may be empty, because a desk without a database is a demo.
func (d Database) Check() error {
	if err := d.Cluster.checkFlags(d.DB); err != nil {
		return err
	}
	if d.IsShared() && d.Keys == "" {
		return console.UsageError("say with --keys where the key file is: beside a cluster it has no place of its own")
	}
	return nil
}

// IsShared reports whether other processes may have the database open.
func (d Database) IsShared() bool { return IsCluster(d.DB) }
