package database

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"loket/flows/clock"
	"loket/store"
	"loket/store/backup"
	"loket/store/durable"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/ui/command/console"
)

// Migrate opens the store for a desk. If the store has an earlier schema, it copies the store, migrates it to the current
// schema, and calls say with a message about that. The wraps functions wrap its engine, in their order.
func (d Database) Migrate(ctx context.Context, clock *clock.Clock, say func(sentence string), wraps ...func(kvdb.Engine) kvdb.Engine) (*store.Store, error) {
	engine, keys, err := d.openEngineAndKeys(ctx, wraps)
	if err != nil {
		return nil, err
	}
	migrated := false
	s, err := store.Migrate(ctx, engine, keys, clock.Now, func(s *store.Store, m store.Migration) error {
		migrated = true
		return d.copyBeforeMigration(ctx, s, m, say)
	})
	if err != nil {
		return nil, errors.Join(d.explainOpenError(err), engine.Close())
	}
	if migrated {
		say(fmt.Sprintf("%s has schema version %d now.", d.DB, store.Version))
	}
	return s, nil
}

// MigrationCopies returns the paths of the existing copies of the database and its key file that were made before migrations.
func (d Database) MigrationCopies() (paths []string) {
	for _, of := range []string{d.copyPathPrefix(), d.KeyFile()} {
		for version := 2; version <= store.Version; version++ {
			path := migrationCopyPath(of, version)
			if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// copyPathPrefix returns the beginning of the path of every copy of the database.
func (d Database) copyPathPrefix() string {
	if d.IsShared() {
		return d.KeyFile() + ".backup"
	}
	return d.DB
}

// migrationCopyPath returns the path of the copy that is made before a file is migrated to a version.
func migrationCopyPath(path string, version int) string {
	return fmt.Sprintf("%s.before-%d", path, version)
}

// copyBeforeMigration copies a store that is about to be migrated, and also its key file if the migration changes it. It keeps
// the copy from an earlier attempt at the same migration.
func (d Database) copyBeforeMigration(ctx context.Context, s *store.Store, m store.Migration, say func(sentence string)) error {
	to := migrationCopyPath(d.copyPathPrefix(), store.Version)
	if err := d.copyUnlessResumed(m, to, func(w io.Writer) error { return d.writeCopy(ctx, s, w) }); err != nil {
		return err
	}
	if m.OldKeys {
		if err := d.copyUnlessResumed(m, migrationCopyPath(d.KeyFile(), store.Version), func(w io.Writer) error { return copyFile(w, d.KeyFile()) }); err != nil {
			return err
		}
	}
	say(fmt.Sprintf("%s has schema version %d, and is brought to version %d. A copy of it as it was is in %s: loket check takes that away if all is right, and a desk that is open does after 14 days.", d.DB, m.From, store.Version, to))
	return nil
}

// copyUnlessResumed makes a copy, unless an earlier attempt at the same migration has already made it.
func (d Database) copyUnlessResumed(m store.Migration, to string, fill func(io.Writer) error) error {
	if _, err := os.Lstat(to); err == nil && m.IsResumed {
		return nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := durable.WriteFilled(to, durable.MayReplace, fill)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		says := fmt.Sprintf("there is no room for %s, a copy of %s as it is, without which it is not brought to this version of loket: make room first. Nothing was changed", to, d.DB)
		return &OpenError{says, err}
	}
	if err != nil {
		return &OpenError{fmt.Sprintf("%s, a copy of %s as it is, cannot be made, and without it nothing was changed: %v", to, d.DB, err), err}
	}
	return nil
}

// writeCopy copies a store: it copies the database file, or makes a backup of a database on a cluster.
func (d Database) writeCopy(ctx context.Context, s *store.Store, w io.Writer) error {
	if d.IsShared() {
		_, err := backup.Write(ctx, s, w)
		return err
	}
	return copyAndCheckSpace(w, d.DB)
}

// copyAndCheckSpace copies a file, and checks that the disk has space for another copy, because a migration may rewrite every
// page of the file.
func copyAndCheckSpace(w io.Writer, path string) error {
	if err := copyFile(w, path); err != nil {
		return err
	}
	f, is := w.(*os.File)
	if !is {
		return nil
	}
	size, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	if err := copyFile(f, path); err != nil {
		return err
	}
	return f.Truncate(size)
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// RemoveMigrationCopies deletes the copies that were made before migrations, because they still contain data that was erased
// later.
func (d Database) RemoveMigrationCopies(c *console.Console) error {
	for _, path := range d.MigrationCopies() {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove the copy from before a migration: %w", err)
		}
		c.PrintNotice("Removed %s, the copy from before a migration.", path)
	}
	return nil
}

// openEngineAndKeys opens the engine and the keys of a store.
func (d Database) openEngineAndKeys(ctx context.Context, wraps []func(kvdb.Engine) kvdb.Engine) (kvdb.Engine, *keyring.Keys, error) {
	if err := d.CheckDatabaseGiven(); err != nil {
		return nil, nil, err
	}
	engine, err := d.OpenEngine(ctx)
	if err != nil {
		return nil, nil, d.explainOpenError(err)
	}
	for _, wrap := range wraps {
		engine = wrap(engine)
	}
	keys, err := keyring.ReadKeyFile(d.KeyFile())
	if err != nil {
		return nil, nil, errors.Join(d.explainOpenError(err), engine.Close())
	}
	return engine, keys, nil
}
