package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// errPanicked says that bbolt panicked in a commit: its locks may be held for ever.
var errPanicked = errors.New("bbolt gave up")

// mostFailures is how many commits may fail in a row, for another reason than want of
// room, until the engine stops.
const mostFailures = 5

// settle finds out what became of a transaction that failed with err, perhaps when it
// was committed, and has the engine go
// on if it can: on a disk that was full there may be room again by the next commit. It
// returns nil if the commit was done after all, and an error that wraps
// [kvdb.ErrUnsettled] if nobody can know. After any other error nothing of the commit
// was kept.
func (w *writer) settle(id uint64, committed bool, err error) error {
	w.failed.Store(&err)
	if !noRoom(err) {
		w.failures++
	}
	newest, unread := w.current.meta()
	perhaps := committed && (unread != nil || newest.txid >= id) // bbolt writes it last
	switch ends := errors.Is(err, errPanicked) || errors.Is(err, errWrittenOver) || w.failures >= mostFailures; {
	case ends && perhaps:
		return unsettled(w.stopWith(err))
	case ends:
		return w.stopWith(err)
	case !perhaps:
		return nothingKept(err)
	}
	if again := w.reopen(); again != nil {
		return unsettled(w.stopWith(fmt.Errorf("%w; open it again: %w", err, again)))
	}
	if w.current.last.txid < id {
		return nothingKept(err)
	}
	if again := w.current.flush(); again != nil {
		return unsettled(fmt.Errorf("%w; flush it again: %w", err, again))
	}
	w.succeeded()
	return nil
}

func nothingKept(err error) error { return fmt.Errorf("commit, of which nothing was kept: %w", err) }

func unsettled(err error) error { return fmt.Errorf("%w: %w", kvdb.ErrOutcomeUnknown, err) }

// succeeded notes that the disk takes commits.
func (w *writer) succeeded() {
	w.failures = 0
	w.failed.Store(nil)
}

// noRoom reports whether an error is about a disk that is full, which passes. Some of
// bbolt's errors have only the text of what they are about.
func noRoom(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// flush has both meta pages written anew and flushed. After a flush that failed, the
// operating system takes what it did not write for written; what is written again it
// does not.
func (f *file) flush() error {
	page := make([]byte, f.pageSize)
	for slot := range int64(2) {
		if _, err := f.raw.ReadAt(page, slot*f.pageSize); err != nil {
			return err
		}
		if _, err := f.raw.WriteAt(page, slot*f.pageSize); err != nil {
			return err
		}
	}
	return f.raw.Sync()
}

const (
	reopenings = 3               // tries
	patience   = 5 * time.Second // with the Views that go on in the file that is to be closed
)

// reopen closes the file and opens it again, because what bbolt has of it in memory is
// not to be relied on. Another process that is quicker than this one gets it.
func (w *writer) reopen() (err error) {
	w.mu.Lock() // nobody takes hold
	defer w.mu.Unlock()
	if !within(patience, w.current.held.Wait) {
		return errors.New("somebody reads from it all the time")
	}
	if err := w.current.db.Close(); err != nil {
		return err
	}
	for range reopenings {
		var f *file
		if f, err = w.openAgain(); err == nil {
			w.current = f
			return nil
		}
	}
	return err
}

func (w *writer) openAgain() (*file, error) {
	if err := w.inPlace(w.current); err != nil {
		return nil, err
	}
	if err := checkFormat(w.path); err != nil {
		return nil, err
	}
	return openMapped(w.path, w.options)
}

// within reports whether done returns in time.
func within(limit time.Duration, done func()) bool {
	over := make(chan struct{})
	go func() { done(); close(over) }()
	select {
	case <-over:
		return true
	case <-time.After(limit):
		return false
	}
}

// What can have become of the file behind the engine's back.
var (
	errMoved       = errors.New("the database file that is open is not at its place any more: it was moved away, replaced or deleted")
	errWrittenOver = errors.New("another program wrote over the database file while it was open")
)

// confirm looks, before a commit is answered, whether it is in the file that will be
// found the next time. If not, it depends on what becomes of that file.
func (w *writer) confirm(id uint64) error {
	err := w.inPlace(w.current)
	if err == nil {
		w.current.last, err = w.current.meta()
	}
	if err == nil && w.current.last.txid != id {
		err = errWrittenOver
	}
	if err != nil {
		return unsettled(w.stopWith(err))
	}
	w.succeeded()
	return nil
}

// inPlace looks whether a file that is open is still the one at its path. A folder
// that cannot be looked into shows nothing.
func (w *writer) inPlace(f *file) error {
	if w.options.Nameless {
		return nil
	}
	same, err := f.isAt(w.given)
	switch {
	case same, errors.Is(err, os.ErrPermission):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errMoved, err)
	}
	return errMoved
}

// untouched looks whether the file is as the last commit left it.
func (f *file) untouched() error {
	info, err := f.raw.Stat()
	if err != nil {
		return err
	}
	newest, err := f.meta()
	switch {
	case err != nil && !errors.Is(err, errFormat) && !errors.Is(err, io.EOF):
		return err
	case err != nil, newest != f.last, info.Size() < int64(newest.end)*f.pageSize:
		return errWrittenOver
	}
	return nil
}

// look has a transaction begin, which looks at the file. After a commit that failed it
// makes one, to see whether the disk takes it.
func (w *writer) look(ctx context.Context) error {
	j := newJob(bbolt.DefaultFillPercent)
	j.probe = w.failed.Load() != nil
	return w.do(ctx, j, func(*bbolt.Tx) ([]kvdb.Entry, error) { return nil, nil })
}
