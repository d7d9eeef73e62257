package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"

	"go.etcd.io/bbolt"

	"loket/store/durable"
	"loket/store/kvdb"
)

// Replace loads entries into a new file beside the database, flushes it to disk, and renames it to the database's path. The
// new file is locked before the rename, and the old file stays locked until after it, so no other process can open either of
// them in between. A View that is running goes on reading the old file, which has no name any more.
//
// Windows cannot rename a file over an open one. On Windows, Replace waits for every View, and closes both files for a moment;
// if another process opens the database at that moment, the engine stops.
func (e *Engine) Replace(ctx context.Context, fill func(put func(string, []byte) error) error) error {
	e.replaceMutex.Lock()
	defer e.replaceMutex.Unlock()
	next, err := e.fillNewFile(ctx, fill)
	if err != nil {
		return err
	}
	s := fileSwapRequest{next, make(chan error, 1)}
	select {
	case e.writer.swapRequests <- s:
		return <-s.done
	case <-ctx.Done():
		return errors.Join(ctx.Err(), e.writer.discardFile(next))
	case <-e.writer.lifetime.Done():
		return errors.Join(context.Cause(e.writer.lifetime), e.writer.discardFile(next))
	}
}

// fillNewFile creates a file beside the database and fills it. If that fails, fillNewFile removes the new file.
func (e *Engine) fillNewFile(ctx context.Context, fill func(put func(string, []byte) error) error) (_ *file, err error) {
	next, err := e.newBlankFile()
	if err != nil {
		return nil, fmt.Errorf("make a new database: %w", err)
	}
	filled := false
	defer func() {
		if !filled { // The new file is removed even if fill panics.
			err = errors.Join(err, e.writer.discardFile(next))
		}
	}()
	l := &bulkLoader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		if e.writer.lifetime.Err() != nil {
			return context.Cause(e.writer.lifetime)
		}
		return next.db.Update(func(tx *bbolt.Tx) error { return putEntries(tx, chunk, loadFillPercent) })
	}}
	if err := fill(func(key string, value []byte) error { return l.addEntry(key, append([]byte{}, value...)) }); err != nil {
		return nil, err
	}
	if err := l.flushEntries(); err != nil {
		return nil, err
	}
	if !e.writer.options.NoSync {
		if err := next.db.Sync(); err != nil {
			return nil, fmt.Errorf("make a new database: %w", err)
		}
	}
	if next.lastMeta, err = next.meta(); err != nil {
		return nil, fmt.Errorf("make a new database: %w", err)
	}
	next.db.NoSync, next.db.NoGrowSync = e.writer.options.NoSync, false
	filled = true
	return next, nil
}

// newBlankFile creates an empty database beside this one, with the same owner. The new file is not flushed to disk; the caller
// flushes it once it is full.
func (e *Engine) newBlankFile() (next *file, err error) {
	if err := removeLeftover(e.writer.path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(replacementPath(e.writer.path), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(f.Close(), durable.KeepOwner(replacementPath(e.writer.path), e.writer.path)); err != nil {
		return nil, errors.Join(err, removeLeftover(e.writer.path))
	}
	if next, err = openMapped(replacementPath(e.writer.path), Options{NoSync: true}); err != nil {
		return nil, errors.Join(err, removeLeftover(e.writer.path))
	}
	next.db.NoGrowSync = true
	return next, nil
}
