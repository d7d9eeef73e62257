package bolt

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"loket/store/durable"
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
