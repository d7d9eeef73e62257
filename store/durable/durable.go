// Package durable has files outlive a power cut.
package durable

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Write writes a file through to the disk, readable by its owner alone. How is
// [os.O_EXCL] if it must not be there yet, and [os.O_TRUNC] if it may. A file
// that is new is sure to keep its name only after SyncDir.
func Write(path string, text []byte, how int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return cmp.Or(err, f.Sync(), f.Close())
}

// Replace puts text in place of the file at path, or of the one that it links to:
// whatever happens, there is the old text or the new one. It is written beside
// it first, with .new after its name, so that its folder must be writable.
func Replace(path string, text []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	beside := path + ".new"
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // of a process that was stopped in between
	}
	if err := cmp.Or(Write(beside, text, os.O_EXCL), KeepOwner(beside, path)); err != nil {
		os.Remove(beside)
		return err
	}
	return Rename(beside, path)
}

// Rename moves a file, whose contents are on disk, over another one in the same
// folder, or takes it away if that fails.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		os.Remove(from)
		return err
	}
	return SyncDir(filepath.Dir(to))
}

// SyncDir makes the names in the directory at path outlive a power cut. Windows
// sees to that itself, and does not let a directory be flushed.
func SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
