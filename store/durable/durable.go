// Package durable has files outlive a power cut.
package durable

import (
	"cmp"
	"os"
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
