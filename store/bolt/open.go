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

// Open opens the database in the file at path. Its error wraps
// [kvdb.ErrNoFile] if there is no such file, and [kvdb.ErrInUse] if another
// process has it open.
func Open(path string, o Options) (*Engine, error) {
	if err := checkFormat(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return open(path, o)
}

// Create makes an empty database in a new file at path, which only its owner may read and
// write. Its error wraps [fs.ErrExist] if there is one already.
func Create(path string, o Options) (*Engine, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	if err := cmp.Or(file.Close(), durable.SyncDir(filepath.Dir(path))); err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	return open(path, o)
}

// open opens the file at path, and makes it a database if it is empty.
func open(path string, o Options) (*Engine, error) {
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

// checkFormat finds what bbolt does not: an empty file, which bbolt would make a database
// of, and a truncated one, in which bbolt would fault.
func checkFormat(path string) error {
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
