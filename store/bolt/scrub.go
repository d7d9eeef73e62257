package bolt

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"

	"loket/store/kvdb"
)

// Scrub overwrites with zeros what bbolt leaves behind: a page that a commit replaces
// keeps its content, sealed values included, until it is reused, which may be never. The
// error is [kvdb.ErrBusy] while a View is running, because it may read such pages. On
// Windows nothing can write beside bbolt; there Scrub does nothing.
//
// It is safe because nothing reads the pages that the newest meta page lists as free: not
// the next commit, not a View, and not bbolt after a crash, which starts from the newest
// valid meta page. That one is on disk by now.
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

// scrubBatch is how many pages are checked while commits are blocked: some milliseconds.
const scrubBatch = 4096

// scrubBatchOfPages scrubs free pages from a page on, and returns where to go on.
func (f *file) scrubBatchOfPages(ctx context.Context, from uint64) (next uint64, more bool, err error) {
	if ctx.Err() != nil {
		return 0, false, ctx.Err()
	}
	tx, err := f.db.Begin(true) // blocks commits until it ends
	if err != nil {
		return 0, false, err
	}
	defer tx.Rollback()
	if !f.viewLock.TryLock() {
		return 0, false, kvdb.ErrBusy
	}
	f.viewLock.Unlock() // later Views read no free pages
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
		if looked++; looked > scrubBatch {
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

// freePages returns the free pages according to the newest meta page.
func freePages(file io.ReaderAt, size int64) ([]uint64, error) {
	m, err := newestMeta(file, size)
	if err != nil {
		return nil, err
	}
	return readFreelist(file, size, m)
}
