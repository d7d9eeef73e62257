// Package durable writes files so that they survive a power cut.
//
// It stands on no other package of the store. Start at WriteWith.
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

// ExistingPolicy says what to do with an existing file at the path to write.
type ExistingPolicy int

// The ways to put a file somewhere.
const (
	MustNotExist ExistingPolicy = iota // the error is [fs.ErrExist] if there is a file
	MayReplace                         // a file that is there is replaced
)

// WriteWith writes a file that only its owner can read. The file gets its name once all
// of it is on disk, so that there is never a part of it. Until then it is in the same
// folder, which must be writable, as .NAME.loket-new- and a number. Leftovers of a killed
// process are removed, so if several processes write the same path at once, all but one
// may fail.
func WriteWith(path string, how ExistingPolicy, fill func(io.Writer) error) error {
	return writeThenMove(path, fill, func(beside string) error {
		if how == MayReplace {
			return os.Rename(beside, path)
		}
		return renameNew(beside, path, os.Link)
	})
}

// Create writes text to a new file.
func Create(path string, text []byte) error { return WriteWith(path, MustNotExist, writeText(text)) }

// Replace replaces the content of the file at path, or of the file that it links to, and
// keeps its owner.
func Replace(path string, text []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return writeThenMove(path, writeText(text), func(beside string) error {
		if err := KeepOwner(beside, path); err != nil {
			return err
		}
		return os.Rename(beside, path)
	})
}

func writeText(text []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(text); return err }
}

// writeThenMove writes a temporary file to disk, and calls move to give it its name.
func writeThenMove(path string, fill func(io.Writer) error, move func(beside string) error) error {
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

// removeLeftovers removes the files whose names have a prefix.
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

// renameNew renames a file without replacing another one. Where a file cannot have two
// names, as on many USB sticks, it may replace a file that another process makes at the
// same moment.
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

// WriteFile writes a file to disk that only its owner can read. how is [os.O_EXCL] if the
// file must not exist, and [os.O_TRUNC] if it may. The name of a new file is durable only
// after SyncDir.
func WriteFile(path string, text []byte, how int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return cmp.Or(err, f.Sync(), f.Close())
}

// Rename renames a file, whose content is on disk, over another one in the same folder.
// If that fails, it removes the file.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		os.Remove(from)
		return err
	}
	return SyncDir(filepath.Dir(to))
}

// SyncDir makes the names in a directory durable. Windows does that itself, and cannot
// flush a directory.
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
