// Package durable has files outlive a power cut.
//
// It stands on nothing else of the store. Start at Put.
package durable

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Existing says what Put may find where it puts a file.
type Existing int

// The ways to put a file somewhere.
const (
	MustNotExist Existing = iota // nothing: the error is [fs.ErrExist] if something is there
	MayReplace                   // nothing, or a file, which is gone then
)

// WriteWith writes a file, readable by its owner alone. It has its name once all of it
// is on disk: whatever happens, there is nothing of it or the whole. Until then it
// stands in the same folder, which must be writable, as .NAME.loket-new- and a number.
// What one left there that was killed is taken away; so if several put a file in
// the same place at once all but one may fail.
func WriteWith(path string, how Existing, fill func(io.Writer) error) error {
	return putFile(path, fill, func(beside string) error {
		if how == MayReplace {
			return os.Rename(beside, path)
		}
		return renameNew(beside, path, os.Link)
	})
}

// Create puts text in a new file.
func Create(path string, text []byte) error { return WriteWith(path, MustNotExist, writeText(text)) }

// Replace puts text in place of the file at path, or of the one that it links to,
// for whom that belongs to.
func Replace(path string, text []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return putFile(path, writeText(text), func(beside string) error {
		if err := KeepOwner(beside, path); err != nil {
			return err
		}
		return os.Rename(beside, path)
	})
}

func writeText(text []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(text); return err }
}

// putFile has move give its name to a file that is whole and on disk.
func putFile(path string, fill func(io.Writer) error, move func(beside string) error) error {
	folder, beside := filepath.Dir(path), "."+filepath.Base(path)+".loket-new-"
	if err := removeLeftovers(folder, beside); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, beside+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // unless it was moved
	defer f.Close()           // also when fill panics
	if err := cmp.Or(fill(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := move(f.Name()); err != nil {
		return err
	}
	return SyncDir(folder)
}

// removeLeftovers takes away files whose names begin so.
func removeLeftovers(folder, beginning string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), beginning) {
			continue
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// renameNew gives a file another name, which nothing has. Where a file cannot have
// two names, as on many a USB stick, somebody who takes that name in the same
// instant loses what they put there.
func renameNew(from, to string, link func(from, to string) error) error {
	err := link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return cmp.Or(err, fs.ErrExist)
	}
	return os.Rename(from, to)
}

// WriteFile writes a file through to the disk, readable by its owner alone. How is
// [os.O_EXCL] if it must not be there yet, and [os.O_TRUNC] if it may. A file
// that is new is sure to keep its name only after SyncDir.
func WriteFile(path string, text []byte, how int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return cmp.Or(err, f.Sync(), f.Close())
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
