package spill

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A Place says where temporary files are created: in Folder, with names that start with a dot and Beside. The zero value
// stands for the system's folder for temporary files.
type Place struct {
	Folder, Beside string
	Memory         int // Memory is the number of bytes of entries that a table keeps in memory; 0 means defaultMemoryBytes.
}

// NewPlaceBeside returns the place for temporary files beside the file at path.
func NewPlaceBeside(path string) Place {
	folder, name := filepath.Split(path)
	if folder == "" {
		folder = "."
	}
	return Place{Folder: folder, Beside: name}
}

// fileNamePrefix returns the beginning of the names of temporary files.
func (p Place) fileNamePrefix() string { return "." + p.Beside + ".loket-spill-" }

// createTempFile creates a file that only its owner can read. Where the system allows it, create also removes the name of the open
// file.
func (p Place) createTempFile() (*os.File, error) {
	f, err := os.CreateTemp(cmp.Or(p.Folder, largeTempDir()), p.fileNamePrefix()+"*") // CreateTemp uses mode 0600.
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	_ = os.Remove(f.Name()) // If the name cannot be removed now, discard removes it.
	return f, nil
}

// largeTempDir returns the system's folder for large temporary files. That is /var/tmp on Linux, where /tmp is often in memory
// (file-hierarchy(7)), unless TMPDIR names another one.
func largeTempDir() string {
	const onDisk = "/var/tmp"
	if info, err := os.Stat(onDisk); runtime.GOOS == "linux" && os.Getenv("TMPDIR") == "" && err == nil && info.IsDir() {
		return onDisk
	}
	return os.TempDir()
}

// discard closes and deletes a file.
func discard(f *os.File) error {
	err := f.Close()
	if gone := os.Remove(f.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// RemoveLeftovers deletes the files that a killed process left in the place. Files in use by another process have no name or
// cannot be deleted.
func (p Place) RemoveLeftovers() {
	if p == (Place{}) {
		return
	}
	entries, _ := os.ReadDir(p.Folder) // A process that cannot read the folder has left nothing in it.
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), p.fileNamePrefix()) {
			_ = os.Remove(filepath.Join(p.Folder, e.Name()))
		}
	}
}
