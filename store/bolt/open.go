package bolt

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"loket/store/durable"
	"loket/store/kvdb"
)

// Options change how a database is kept. The zero value suits real data.
type Options struct {
	// NoSync leaves it to the operating system when commits reach the disk,
	// for databases that nobody misses after a power cut.
	NoSync bool
}

// lockPatience is how long Open waits for another process to let the file go.
const lockPatience = time.Second

// Open opens the database in the file at path. Its error wraps
// [kvdb.ErrNoFile] if there is no such file, and [kvdb.ErrInUse] if another
// process has it open.
func Open(path string, o Options) (*Engine, error) {
	if err := inspect(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return open(path, o)
}

// Create makes an empty database in a new file at path, which its owner alone
// may read and write. Its error wraps [fs.ErrExist] if there is one already.
func Create(path string, o Options) (*Engine, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	if err := cmp.Or(file.Close(), durable.SyncDir(filepath.Dir(path))); err != nil {
		return nil, fmt.Errorf("create database: %w", err)
	}
	return open(path, o)
}

// open opens the file at path, and makes a database of it if it is empty.
func open(path string, o Options) (*Engine, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	f, err := openAny(target, o)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if err := removeLeftover(target); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), f.db.Close())
	}
	return start(target, f, o), nil
}

// settings has bbolt keep its list of free pages in the file. Without it a
// commit is somewhat faster, but opening a database reads all of it: with 1 GB,
// 0.8 s when it is cached and 36 s when it is not, against 0.1 ms and 5 ms. For
// a list that is written with each commit, an array, which is always sorted,
// beats bbolt's map: with 48,000 free pages a commit takes 3 ms against 12.
func settings(o Options, mapped int) *bbolt.Options {
	return &bbolt.Options{
		Timeout:         lockPatience,
		NoSync:          o.NoSync,
		FreelistType:    bbolt.FreelistArrayType,
		InitialMmapSize: mapped,
		NoStatistics:    true,
	}
}

// tight is how much address space to take where there is little of it.
const tight = 16 << 20

// roomy is how much address space to take: more than a file is likely to need,
// since one that outgrows it is mapped anew, for which bbolt waits until every
// View is over. Windows would make the file that large at once.
func roomy() int {
	if runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return tight
	}
	var size int64 = 64 << 30
	return int(size)
}

// inspect finds what bbolt does not: a file without anything in it, which it
// would make a database of, and one that is cut short, as by a copy that was
// broken off, in which it would fault.
func inspect(path string) error {
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
	f, err := openFile(path, &bbolt.Options{Timeout: lockPatience, ReadOnly: true})
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
