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

// errPanicked says that bbolt panicked in a commit, and may hold its locks for ever.
var errPanicked = errors.New("bbolt gave up")

// mostFailures is how many commits may fail in a row, other than for a full disk, before
// the engine stops.
const mostFailures = 5

// settle finds out whether a transaction that failed with err was committed, and lets the
// engine go on if it can: a full disk may have room again by the next commit. It returns
// nil if the transaction was committed after all, and an error that wraps
// [kvdb.ErrOutcomeUnknown] if that is unknown. After any other error nothing was
// committed.
func (w *writer) settle(id uint64, committed bool, err error) error {
	w.failed.Store(&err)
	if !noRoom(err) {
		w.failures++
	}
	newest, unread := w.current.meta()
	perhaps := committed && (unread != nil || newest.txid >= id) // bbolt writes the meta page last
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

// succeeded notes that the last commit succeeded.
func (w *writer) succeeded() {
	w.failures = 0
	w.failed.Store(nil)
}

// noRoom reports whether an error is about a full disk, which may pass. Some of bbolt's
// errors wrap only the text of their cause.
func noRoom(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// flush writes both meta pages again and flushes the file. After a failed flush, the
// operating system takes unwritten pages for written; pages that are written again are
// flushed.
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
	patience   = 5 * time.Second // for the Views in the file that is to be closed
)

// reopen closes the file and opens it again, because bbolt's memory of it may be wrong.
// Another process may open it first.
func (w *writer) reopen() (err error) {
	w.mu.Lock() // blocks acquireFile
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

// within reports whether done returns within limit.
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

// What may have happened to the file without the engine.
var (
	errMoved       = errors.New("the database file that is open is not at its place any more: it was moved away, replaced or deleted")
	errWrittenOver = errors.New("another program wrote over the database file while it was open")
)

// confirm checks, before a commit is reported, that it is in the file that will be opened
// the next time. If it is not, the outcome is unknown.
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

// inPlace returns an error if an open file is no longer the one at its path. If the
// folder cannot be read, it returns nil.
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

// untouched returns an error if the file is not as the last commit left it.
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

// look begins a transaction, which checks the file. After a failed commit it also
// commits, to see whether the disk works.
func (w *writer) look(ctx context.Context) error {
	j := newJob(bbolt.DefaultFillPercent)
	j.probe = w.failed.Load() != nil
	return w.do(ctx, j, func(*bbolt.Tx) ([]kvdb.Entry, error) { return nil, nil })
}
