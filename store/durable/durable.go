// Package durable writes files so that they survive a power cut. It uses no other package of the store. Start reading at
// WriteFilled.
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

// ExistingPolicy is the policy for a file that already exists at the path to write.
type ExistingPolicy int

// The policies for an existing file.
const (
	MustNotExist ExistingPolicy = iota // MustNotExist makes the write fail with [fs.ErrExist] if the file exists.
	MayReplace                         // MayReplace replaces the file if it exists.
)

// WriteFilled writes a file that only its owner can read, with the content that fill writes. The file gets its name only when
// all of it is on disk, so a partly written file never has that name. Until then it is in the same folder, which must be
// writable, under the name .NAME.loket-new- followed by a number. WriteFilled removes leftovers of a killed process; so if
// several processes write the same path at once, all but one may fail.
func WriteFilled(path string, how ExistingPolicy, fill func(io.Writer) error) error {
	return writeThenMove(path, fill, func(beside string) error {
		if how == MayReplace {
			return os.Rename(beside, path)
		}
		return renameUnlessExists(beside, path, os.Link)
	})
}

// Create writes text to a new file. It returns [fs.ErrExist] if the file exists.
func Create(path string, text []byte) error {
	return WriteFilled(path, MustNotExist, newTextFiller(text))
}

// Replace replaces the content of the file at path and keeps its owner. If path is a symbolic link, Replace replaces the file
// to which it links.
func Replace(path string, text []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	return writeThenMove(path, newTextFiller(text), func(beside string) error {
		if err := KeepOwner(beside, path); err != nil {
			return err
		}
		return os.Rename(beside, path)
	})
}

func newTextFiller(text []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(text); return err }
}

// writeThenMove writes a temporary file to disk, and then calls move to give the file its name.
func writeThenMove(path string, fill func(io.Writer) error, move func(beside string) error) error {
	folder, beside := filepath.Dir(path), "."+filepath.Base(path)+".loket-new-"
	if err := removeLeftovers(folder, beside); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, beside+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // If move succeeded, no file has this name any more.
	defer f.Close()           // The file is closed even if fill panics.
	if err := cmp.Or(fill(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := move(f.Name()); err != nil {
		return err
	}
	return SyncDir(folder)
}

// removeLeftovers removes the files in folder whose names start with beginning.
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

// renameUnlessExists renames a file without replacing another one. On file systems without hard links, as on many USB sticks, it may
// replace a file that another process creates at the same moment.
func renameUnlessExists(from, to string, link func(from, to string) error) error {
	err := link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return cmp.Or(err, fs.ErrExist)
	}
	return os.Rename(from, to)
}

// WriteFile writes a file that only its owner can read, and flushes it to disk. how is [os.O_EXCL] if the file must not exist,
// or [os.O_TRUNC] if it may. The name of a new file is durable only after SyncDir.
func WriteFile(path string, text []byte, how int) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|how, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return cmp.Or(err, f.Sync(), f.Close())
}

// Rename renames a file whose content is already on disk, and replaces the file at the new path, which is in the same folder.
// If the rename fails, Rename removes the file.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		os.Remove(from)
		return err
	}
	return SyncDir(filepath.Dir(to))
}

// SyncDir flushes a directory to disk, so that the names in it survive a power cut. It does nothing on Windows, which does
// this by itself and cannot flush a directory.
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
