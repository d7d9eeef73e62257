package bolt

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"

	"loket/store/kvdb"
)

// Scrub overwrites free pages with zeros. A page that a commit replaces keeps its content, sealed values included, until bbolt
// uses the page again, which may be never. Scrub returns [kvdb.ErrTooManyConflicts] while a View is running, because the View may read
// such pages. On Windows, Scrub does nothing, because nothing can write to the file beside bbolt.
//
// Scrubbing is safe because nothing reads the pages that the newest meta page lists as free: not the next commit, not a View,
// and not bbolt after a crash, when it starts from the newest valid meta page. The newest meta page is on disk before Scrub
// reads it.
func (e *Engine) Scrub(ctx context.Context) error {
	if e.writer.lifetime.Err() != nil {
		return context.Cause(e.writer.lifetime)
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	f := e.writer.acquireFile()
	defer f.holders.Done()
	for from, more := uint64(0), true; more; {
		var err error
		if from, more, err = f.scrubBatchOfPages(ctx, from); err != nil {
			return fmt.Errorf("scrub: %w", err)
		}
	}
	return nil
}

// scrubBatchSize is the number of pages that Scrub checks while it blocks commits, which takes some milliseconds.
const scrubBatchSize = 4096

// scrubBatchOfPages scrubs the next free pages, beginning with page from. It returns the page to continue with, and reports
// whether there are more.
func (f *file) scrubBatchOfPages(ctx context.Context, from uint64) (next uint64, more bool, err error) {
	if ctx.Err() != nil {
		return 0, false, ctx.Err()
	}
	tx, err := f.db.Begin(true) // A write transaction blocks commits until it ends.
	if err != nil {
		return 0, false, err
	}
	defer tx.Rollback()
	if !f.viewLock.TryLock() {
		return 0, false, kvdb.ErrTooManyConflicts
	}
	f.viewLock.Unlock() // The lock need not be held any longer, because a View that begins from now on reads no free pages.
	size := f.pageSize
	free, err := freePages(f.osFile, size)
	if err != nil {
		return 0, false, err
	}
	page, zeros := make([]byte, size), make([]byte, size)
	looked, wrote := 0, false
	for _, id := range free {
		if id < from {
			continue
		}
		if looked++; looked > scrubBatchSize {
			next, more = id, true
			break
		}
		if _, err := f.osFile.ReadAt(page, int64(id)*size); err != nil {
			return 0, false, err
		}
		if bytes.Equal(page, zeros) {
			continue
		}
		if _, err := f.osFile.WriteAt(zeros, int64(id)*size); err != nil {
			return 0, false, err
		}
		wrote = true
	}
	if wrote {
		err = f.osFile.Sync()
	}
	return next, more, err
}

// freePages returns the numbers of the pages that the newest meta page lists as free.
func freePages(file io.ReaderAt, size int64) ([]uint64, error) {
	m, err := readNewestMeta(file, size)
	if err != nil {
		return nil, err
	}
	return readFreelist(file, size, m)
}
