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

// errPanicked means that bbolt panicked during a commit, and may hold its locks for ever.
var errPanicked = errors.New("bbolt gave up")

// maxFailedCommits is the number of commits in a row that may fail before the engine stops. Commits that fail because the disk is
// full do not count.
const maxFailedCommits = 5

// resolveFailedCommit finds out whether a transaction that failed with err was committed, and keeps the engine running if
// possible: a full disk may have room again by the next commit. It returns nil if the transaction was committed after all, and
// an error that wraps [kvdb.ErrOutcomeUnknown] if that cannot be known. Any other error means that nothing was committed.
func (w *writer) resolveFailedCommit(id uint64, committed bool, err error) error {
	w.lastError.Store(&err)
	if !isDiskFull(err) {
		w.failureCount++
	}
	newest, unread := w.current.meta()
	// bbolt writes the meta page last, so an old meta page means that nothing was committed.
	perhaps := committed && (unread != nil || newest.txid >= id)
	switch ends := errors.Is(err, errPanicked) || errors.Is(err, errWrittenOver) || w.failureCount >= maxFailedCommits; {
	case ends && perhaps:
		return outcomeUnknownError(w.stopWithError(err))
	case ends:
		return w.stopWithError(err)
	case !perhaps:
		return notCommittedError(err)
	}
	if again := w.closeAndReopen(); again != nil {
		return outcomeUnknownError(w.stopWithError(fmt.Errorf("%w; open it again: %w", err, again)))
	}
	if w.current.lastMeta.txid < id {
		return notCommittedError(err)
	}
	if again := w.current.flushMetaPages(); again != nil {
		return outcomeUnknownError(fmt.Errorf("%w; flush it again: %w", err, again))
	}
	w.noteCommitSuccess()
	return nil
}

func notCommittedError(err error) error {
	return fmt.Errorf("commit, of which nothing was kept: %w", err)
}

func outcomeUnknownError(err error) error { return fmt.Errorf("%w: %w", kvdb.ErrOutcomeUnknown, err) }

// noteCommitSuccess forgets the errors of earlier commits after a commit has succeeded.
func (w *writer) noteCommitSuccess() {
	w.failureCount = 0
	w.lastError.Store(nil)
}

// isDiskFull reports whether err means that the disk is full, which may be temporary. It also searches the text of err,
// because some of bbolt's errors do not wrap their cause.
func isDiskFull(err error) bool {
	for _, full := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		if errors.Is(err, full) || strings.Contains(err.Error(), full.Error()) {
			return true
		}
	}
	return false
}

// flushMetaPages writes both meta pages again and flushes the file. After a failed flush, the operating system takes the pages
// for written although they are not; only pages that are written again get flushed.
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
	maxReopenTries = 3
	reopenTimeout  = 5 * time.Second // reopenTimeout limits the wait for the Views that read the file to be closed.
)

// closeAndReopen closes the file and opens it again, because after a failed commit bbolt's state in memory may be wrong. In between,
// another process may open the file; then reopen fails.
func (w *writer) closeAndReopen() (err error) {
	w.mu.Lock() // While the lock is held, acquireFile blocks.
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
	if err := w.checkFileInPlace(w.current); err != nil {
		return nil, err
	}
	if err := checkFileFormat(w.path); err != nil {
		return nil, err
	}
	return openMapped(w.path, w.options)
}

// returnsWithin calls done and reports whether it returns within limit.
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

// These errors mean that another program changed the file while the engine had it open.
var (
	errFileMoved   = errors.New("the database file that is open is not at its place any more: it was moved away, replaced or deleted")
	errWrittenOver = errors.New("another program wrote over the database file while it was open")
)

// confirmCommit checks that a commit is in the file at the database's path, which is the file that the next process opens. If
// it is not, confirmCommit returns an error that wraps [kvdb.ErrOutcomeUnknown].
func (w *writer) confirmCommit(id uint64) error {
	err := w.checkFileInPlace(w.current)
	if err == nil {
		w.current.lastMeta, err = w.current.meta()
	}
	if err == nil && w.current.lastMeta.txid != id {
		err = errWrittenOver
	}
	if err != nil {
		return outcomeUnknownError(w.stopWithError(err))
	}
	w.noteCommitSuccess()
	return nil
}

// checkFileInPlace returns an error if the open file is no longer the one at its path. If the folder cannot be read, it returns
// nil.
func (w *writer) checkFileInPlace(f *file) error {
	if w.options.IsUnlinked {
		return nil
	}
	same, err := f.isFileAtPath(w.givenPath)
	switch {
	case same, errors.Is(err, os.ErrPermission):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errFileMoved, err)
	}
	return errFileMoved
}

// checkUnchanged returns an error if another program has written to the file after the engine's last commit.
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

// checkWritable checks the file by beginning a write transaction. If the last commit failed, checkWritable also makes an empty
// commit, to find out whether the disk works again.
func (w *writer) checkWritable(ctx context.Context) error {
	j := newCommitJob(bbolt.DefaultFillPercent)
	j.commitEmpty = w.lastError.Load() != nil
	return w.runJob(ctx, j, func(*bbolt.Tx) ([]kvdb.Entry, error) { return nil, nil })
}
