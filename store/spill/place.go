package spill

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Place is where files are made: in a folder, with names that begin with that of the file
// which they are beside. The zero value is the folder of the system for temporary files.
type Place struct {
	Folder, Beside string
	Memory         int // bytes of entries that a table keeps in memory; 0 for as many as is usual
}

// PlaceBeside returns the place beside a file.
func PlaceBeside(path string) Place {
	folder, name := filepath.Split(path)
	if folder == "" {
		folder = "."
	}
	return Place{Folder: folder, Beside: name}
}

// prefix is how the names of files begin.
func (p Place) prefix() string { return "." + p.Beside + ".loket-spill-" }

// create makes a file that its owner alone can read, and takes its name away where that
// can be done with a file that is open.
func (p Place) create() (*os.File, error) {
	f, err := os.CreateTemp(p.Folder, p.prefix()+"*") // with mode 0600
	if err != nil {
		return nil, fmt.Errorf("make a temporary file: %w", err)
	}
	_ = os.Remove(f.Name()) // else discard does it
	return f, nil
}

// discard closes a file, which is gone then.
func discard(f *os.File) error {
	err := f.Close()
	if gone := os.Remove(f.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// RemoveLeftovers takes away what a process left in the place that was killed. What another
// process is using has no name any more, or cannot be removed.
func (p Place) RemoveLeftovers() {
	if p == (Place{}) {
		return
	}
	entries, _ := os.ReadDir(p.Folder) // whoever cannot read it leaves nothing that must go
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), p.prefix()) {
			_ = os.Remove(filepath.Join(p.Folder, e.Name()))
		}
	}
}
