package bolt

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"loket/store/durable"
	"loket/store/kvdb"
)

// Open opens the database in the file at path. The error wraps [kvdb.ErrNoFile] if the file does not exist, and
// [kvdb.ErrInUse] if another process has it open.
func Open(path string, o Options) (*Engine, error) {
	if err := checkFileFormat(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return openOrCreate(path, o)
}

// Create makes an empty database in a new file at path, which only the file's owner may read and write. The error wraps
// [fs.ErrExist] if a file exists at path.
func Create(path string, o Options) (*Engine, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	if err := cmp.Or(file.Close(), durable.SyncDir(filepath.Dir(path))); err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	return openOrCreate(path, o)
}

// openOrCreate opens the file at path. If the file is empty, open creates a database in it.
func openOrCreate(path string, o Options) (*Engine, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	f, err := openMapped(target, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := removeLeftover(target); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), f.db.Close())
	}
	return &Engine{writer: startWriter(path, target, f, o)}, nil
}

// checkFileFormat returns an error for two kinds of file that bbolt opens without one: an empty file, in which bbolt would create
// a database, and a truncated file, which would crash bbolt with a page fault.
func checkFileFormat(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return kvdb.ErrNoFile
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("not a regular file")
	case info.Size() == 0:
		return errors.New("the file is empty")
	}
	f, err := openFile(path, &bbolt.Options{Timeout: lockTimeout, ReadOnly: true})
	if err != nil {
		return err
	}
	defer f.db.Close()
	return f.db.View(func(tx *bbolt.Tx) error {
		if tx.Size() > info.Size() {
			return fmt.Errorf("damaged database: has %d bytes of %d", info.Size(), tx.Size())
		}
		return nil
	})
}
