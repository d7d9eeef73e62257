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

// A file is a database file that bbolt has open and locked.
type file struct {
	db       *bbolt.DB
	osFile   *os.File       // osFile is the same file, for reading and writing without bbolt.
	holders  sync.WaitGroup // holders counts the callers that need the file to stay open.
	viewLock sync.RWMutex   // viewLock is read-locked by every View, so that Scrub can find out whether one is running.
	info     os.FileInfo    // info identifies the file, so that another file at the same path is noticed.

	pageSize int64    // pageSize is the size of a page of the file, in bytes.
	lastMeta metaPage // lastMeta is the meta page that the last commit wrote. Only the writer uses it.

	reads atomic.Int64 // reads is the number of values that were read from the file.
}

// openMapped opens the file at path and reserves as much address space for it as the system allows.
func openMapped(path string, o Options) (*file, error) {
	f, err := openFile(path, bboltOptions(o, initialMapSize()))
	if errors.Is(err, syscall.ENOMEM) { // The error ENOMEM means that the process has a limit on its address space.
		f, err = openFile(path, bboltOptions(o, smallMapSize))
	}
	return f, err
}

// openFile opens an existing file. If another process replaces the file at that moment (see Replace), this process has locked
// a file that has no name any more; openFile then opens the new file.
func openFile(path string, o *bbolt.Options) (*file, error) {
	for {
		f, err := lockFile(path, o)
		if err != nil {
			return nil, err
		}
		same, err := f.isFileAtPath(path)
		if same {
			return f, nil
		}
		if err := errors.Join(err, f.db.Close()); err != nil {
			return nil, err
		}
	}
}

// isFileAtPath reports whether f is the file at path.
func (f *file) isFileAtPath(path string) (bool, error) {
	there, err := os.Stat(path)
	return err == nil && os.SameFile(there, f.info), err
}

// lockFile opens and locks an existing file with bbolt. If bbolt panics because of damaged pages, the lock stays until the
// process ends.
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
func (f *file) meta() (metaPage, error) { return readNewestMeta(f.osFile, f.pageSize) }

// replacementPath returns the path at which Replace builds the new file for the database at path. Whatever is left at this
// path from an interrupted Replace gets deleted, so no other file may have that name.
func replacementPath(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, "."+name+".loket-replacing")
}

// removeLeftover removes the new file that a Replace left behind when its process was killed. The caller has the database
// locked.
func removeLeftover(path string) error {
	if err := os.Remove(replacementPath(path)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// beginTransaction begins a transaction. It returns an error if the file is truncated and lacks the pages that bbolt reads first.
func (f *file) beginTransaction(writable bool) (tx *bbolt.Tx, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damageError(p)
		}
	}()
	return f.db.Begin(writable)
}

// checkFileFormat returns an error for two kinds of file that bbolt opens without one: an empty file, in which bbolt would create
// a database, and a truncated file, which would crash bbolt with a page fault.
func checkFileFormat(path string) error {
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
