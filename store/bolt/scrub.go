package bolt

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"

	"loket/store/kvdb"
)

// Scrub overwrites with zeros what bbolt leaves behind. A page that a commit
// replaces stays in the file as it was, sealed values and all, until it is used
// again, which may be never. The error is [kvdb.ErrBusy] while a View goes on,
// which may be reading such pages. Windows lets nobody write beside bbolt; there
// it does nothing.
//
// It is safe because the pages that the newest meta page lists as free are read
// by nobody: not by the next commit, not by a View, and not after a crash, which
// bbolt comes out of with the newest meta page that is whole. That one is on
// disk by now.
func (e *Engine) Scrub(ctx context.Context) error {
	if e.writer.life.Err() != nil {
		return context.Cause(e.writer.life)
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	f := e.writer.acquireFile()
	defer f.held.Done()
	for from, more := uint64(0), true; more; {
		var err error
		if from, more, err = f.scrubBatchOfPages(ctx, from); err != nil {
			return fmt.Errorf("scrub: %w", err)
		}
	}
	return nil
}

// scrubBatch is how many pages are looked at while no commit can be made: for
// some milliseconds.
const scrubBatch = 4096

// scrubBatchOfPages scrubs free pages from one on, and tells where to go on.
func (f *file) scrubBatchOfPages(ctx context.Context, from uint64) (next uint64, more bool, err error) {
	if ctx.Err() != nil {
		return 0, false, ctx.Err()
	}
	tx, err := f.db.Begin(true) // no commit until it ends
	if err != nil {
		return 0, false, err
	}
	defer tx.Rollback()
	if !f.views.TryLock() {
		return 0, false, kvdb.ErrBusy
	}
	f.views.Unlock() // who reads from now on reads nothing that is free
	size := f.pageSize
	free, err := freePages(f.raw, size)
	if err != nil {
		return 0, false, err
	}
	page, zeros := make([]byte, size), make([]byte, size)
	looked, wrote := 0, false
	for _, id := range free {
		if id < from {
			continue
		}
		if looked++; looked > scrubBatch {
			next, more = id, true
			break
		}
		if _, err := f.raw.ReadAt(page, int64(id)*size); err != nil {
			return 0, false, err
		}
		if bytes.Equal(page, zeros) {
			continue
		}
		if _, err := f.raw.WriteAt(zeros, int64(id)*size); err != nil {
			return 0, false, err
		}
		wrote = true
	}
	if wrote {
		err = f.raw.Sync()
	}
	return next, more, err
}

// freePages lists the pages that the newest meta page says are free.
func freePages(file io.ReaderAt, size int64) ([]uint64, error) {
	m, err := newestMeta(file, size)
	if err != nil {
		return nil, err
	}
	return readFreelist(file, size, m)
}
