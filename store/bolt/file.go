package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"loket/store/kvdb"
)

// A file is a file that bbolt has open and locked.
type file struct {
	db       *bbolt.DB
	osFile   *os.File       // the same file without bbolt: see Scrub and Check
	holders  sync.WaitGroup // counts callers that need it open
	viewLock sync.RWMutex   // read-locked by every View: see Scrub
	info     os.FileInfo    // identifies the file

	pageSize int64 // bytes
	lastMeta meta  // as the last commit left it; for the writer alone

	reads atomic.Int64 // of values
}

// openMapped opens the file at path with as much address space as possible.
func openMapped(path string, o Options) (*file, error) {
	f, err := openFile(path, bboltOptions(o, initialMapSize()))
	if errors.Is(err, syscall.ENOMEM) { // a limit on the address space
		f, err = openFile(path, bboltOptions(o, smallMapSize))
	}
	return f, err
}

// openFile opens an existing file. If another process replaces it at that moment (see
// Replace), this process has locked a file without a name: then it opens the new one.
func openFile(path string, o *bbolt.Options) (*file, error) {
	for {
		f, err := lockFile(path, o)
		if err != nil {
			return nil, err
		}
		same, err := f.isAt(path)
		if same {
			return f, nil
		}
		if err := errors.Join(err, f.db.Close()); err != nil {
			return nil, err
		}
	}
}

// isAt reports whether f is the file at path.
func (f *file) isAt(path string) (bool, error) {
	there, err := os.Stat(path)
	return err == nil && os.SameFile(there, f.info), err
}

// lockFile has bbolt open an existing file. If bbolt panics over damaged pages, it holds
// the lock until the process ends.
func lockFile(path string, o *bbolt.Options) (f *file, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged database: %v", p)
		}
	}()
	f = &file{}
	o.OpenFile = func(path string, flag int, mode os.FileMode) (*os.File, error) {
		f.osFile, err = os.OpenFile(path, flag&^os.O_CREATE, mode)
		return f.osFile, err
	}
	if f.db, err = bbolt.Open(path, 0, o); errors.Is(err, bbolterrors.ErrTimeout) {
		err = kvdb.ErrInUse
	}
	if err != nil {
		return nil, err
	}
	f.pageSize = int64(f.db.Info().PageSize)
	if f.info, err = f.osFile.Stat(); err == nil {
		f.lastMeta, err = f.meta()
	}
	if err != nil {
		return nil, errors.Join(err, f.db.Close())
	}
	return f, nil
}

// meta returns the newest meta page in the file.
func (f *file) meta() (meta, error) { return newestMeta(f.osFile, f.pageSize) }

// replacementPath returns the path of the new file that will replace the one at path.
// Leftovers of a Replace at this path are deleted, so no other file may have such a name.
func replacementPath(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, "."+name+".loket-replacing")
}

// removeLeftover removes the file of a Replace that was killed. The caller has the
// database locked.
func removeLeftover(path string) error {
	if err := os.Remove(replacementPath(path)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// begin begins a transaction. In a truncated file, the pages that bbolt reads first may
// be missing.
func (f *file) begin(writable bool) (tx *bbolt.Tx, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damageError(p)
		}
	}()
	return f.db.Begin(writable)
}
