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

// maxFailures is how many commits may fail in a row, other than for a full disk, before
// the engine stops.
const maxFailures = 5

// resolveFailedCommit finds out whether a transaction that failed with err was committed, and lets the
// engine go on if it can: a full disk may have room again by the next commit. It returns
// nil if the transaction was committed after all, and an error that wraps
// [kvdb.ErrOutcomeUnknown] if that is unknown. After any other error nothing was
// committed.
func (w *writer) resolveFailedCommit(id uint64, committed bool, err error) error {
	w.lastError.Store(&err)
	if !isDiskFull(err) {
		w.failureCount++
	}
	newest, unread := w.current.meta()
	perhaps := committed && (unread != nil || newest.txid >= id) // bbolt writes the meta page last
	switch ends := errors.Is(err, errPanicked) || errors.Is(err, errWrittenOver) || w.failureCount >= maxFailures; {
	case ends && perhaps:
		return outcomeUnknownError(w.stopWith(err))
	case ends:
		return w.stopWith(err)
	case !perhaps:
		return notCommittedError(err)
	}
	if again := w.reopen(); again != nil {
		return outcomeUnknownError(w.stopWith(fmt.Errorf("%w; open it again: %w", err, again)))
	}
	if w.current.lastMeta.txid < id {
		return notCommittedError(err)
	}
	if again := w.current.flushMetaPages(); again != nil {
		return outcomeUnknownError(fmt.Errorf("%w; flush it again: %w", err, again))
	}
	w.noteSuccess()
	return nil
}

func notCommittedError(err error) error {
	return fmt.Errorf("commit, of which nothing was kept: %w", err)
}

func outcomeUnknownError(err error) error { return fmt.Errorf("%w: %w", kvdb.ErrOutcomeUnknown, err) }

// noteSuccess notes that the last commit succeeded.
func (w *writer) noteSuccess() {
	w.failureCount = 0
	w.lastError.Store(nil)
}

// isDiskFull reports whether an error is about a full disk, which may pass. Some of bbolt's
// errors wrap only the text of their cause.
func isDiskFull(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// flushMetaPages writes both meta pages again and flushes the file. After a failed flush, the
// operating system takes unwritten pages for written; pages that are written again are
// flushed.
func (f *file) flushMetaPages() error {
	page := make([]byte, f.pageSize)
	for slot := range int64(2) {
		if _, err := f.osFile.ReadAt(page, slot*f.pageSize); err != nil {
			return err
		}
		if _, err := f.osFile.WriteAt(page, slot*f.pageSize); err != nil {
			return err
		}
	}
	return f.osFile.Sync()
}

const (
	maxReopenTries = 3               // tries
	reopenTimeout  = 5 * time.Second // for the Views in the file that is to be closed
)

// reopen closes the file and opens it again, because bbolt's memory of it may be wrong.
// Another process may open it first.
func (w *writer) reopen() (err error) {
	w.mu.Lock() // blocks acquireFile
	defer w.mu.Unlock()
	if !returnsWithin(reopenTimeout, w.current.holders.Wait) {
		return errors.New("somebody reads from it all the time")
	}
	if err := w.current.db.Close(); err != nil {
		return err
	}
	for range maxReopenTries {
		var f *file
		if f, err = w.reopenFile(); err == nil {
			w.current = f
			return nil
		}
	}
	return err
}

func (w *writer) reopenFile() (*file, error) {
	if err := w.checkInPlace(w.current); err != nil {
		return nil, err
	}
	if err := checkFormat(w.path); err != nil {
		return nil, err
	}
	return openMapped(w.path, w.options)
}

// returnsWithin reports whether done returns within limit.
func returnsWithin(limit time.Duration, done func()) bool {
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
	errFileMoved   = errors.New("the database file that is open is not at its place any more: it was moved away, replaced or deleted")
	errWrittenOver = errors.New("another program wrote over the database file while it was open")
)

// confirmCommit checks, before a commit is reported, that it is in the file that will be opened
// the next time. If it is not, the outcome is unknown.
func (w *writer) confirmCommit(id uint64) error {
	err := w.checkInPlace(w.current)
	if err == nil {
		w.current.lastMeta, err = w.current.meta()
	}
	if err == nil && w.current.lastMeta.txid != id {
		err = errWrittenOver
	}
	if err != nil {
		return outcomeUnknownError(w.stopWith(err))
	}
	w.noteSuccess()
	return nil
}

// checkInPlace returns an error if an open file is no longer the one at its path. If the
// folder cannot be read, it returns nil.
func (w *writer) checkInPlace(f *file) error {
	if w.options.Unlinked {
		return nil
	}
	same, err := f.isAt(w.givenPath)
	switch {
	case same, errors.Is(err, os.ErrPermission):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errFileMoved, err)
	}
	return errFileMoved
}

// checkUnchanged returns an error if the file is not as the last commit left it.
func (f *file) checkUnchanged() error {
	info, err := f.osFile.Stat()
	if err != nil {
		return err
	}
	newest, err := f.meta()
	switch {
	case err != nil && !errors.Is(err, errFormat) && !errors.Is(err, io.EOF):
		return err
	case err != nil, newest != f.lastMeta, info.Size() < int64(newest.end)*f.pageSize:
		return errWrittenOver
	}
	return nil
}

// checkWritable begins a transaction, which checks the file. After a failed commit it also
// commits, to see whether the disk works.
func (w *writer) checkWritable(ctx context.Context) error {
	j := newJob(bbolt.DefaultFillPercent)
	j.commitEmpty = w.lastError.Load() != nil
	return w.runJob(ctx, j, func(*bbolt.Tx) ([]kvdb.Entry, error) { return nil, nil })
}
