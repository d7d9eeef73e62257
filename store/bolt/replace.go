package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"loket/store/durable"
	"loket/store/kvdb"
)

// beside is where the file is made that is to replace the one at path. Since what
// a Replace left there is deleted, nobody else must come to such a name.
func beside(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, "."+name+".loket-replacing")
}

// A swap has the writer put a file, which is at beside, in place of the current
// one.
type swap struct {
	next *file
	done chan error
}

// Replace loads the entries into a new file beside the database, has that on
// disk, and moves it over the database. The new file is locked before it gets
// that name and the old one until after, so that no other process gets in
// between. A View that goes on reads the old file, which has no name any more, to
// its end.
//
// Windows moves no file over one that is open. There Replace waits for every
// View, and closes both for a moment; if another process opens the database just
// then, the engine stops.
func (e *Engine) Replace(ctx context.Context, fill func(put func(string, []byte) error) error) error {
	e.replacing.Lock()
	defer e.replacing.Unlock()
	next, err := e.prepare(ctx, fill)
	if err != nil {
		return err
	}
	s := swap{next, make(chan error, 1)}
	select {
	case e.swaps <- s:
		return <-s.done
	case <-ctx.Done():
		return errors.Join(ctx.Err(), e.discard(next))
	case <-e.life.Done():
		return errors.Join(context.Cause(e.life), e.discard(next))
	}
}

// prepare fills a new file beside the database, and leaves none if that fails.
func (e *Engine) prepare(ctx context.Context, fill func(put func(string, []byte) error) error) (_ *file, err error) {
	next, err := e.blank()
	if err != nil {
		return nil, fmt.Errorf("make a new database: %w", err)
	}
	filled := false
	defer func() {
		if !filled { // also when fill panics
			err = errors.Join(err, e.discard(next))
		}
	}()
	l := &loader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		if e.life.Err() != nil {
			return context.Cause(e.life)
		}
		return next.db.Update(func(tx *bbolt.Tx) error { return put(tx, chunk, loadFill) })
	}}
	if err := fill(func(key string, value []byte) error { return l.add(key, append([]byte{}, value...)) }); err != nil {
		return nil, err
	}
	if err := l.flush(); err != nil {
		return nil, err
	}
	if !e.options.NoSync {
		if err := next.db.Sync(); err != nil {
			return nil, fmt.Errorf("make a new database: %w", err)
		}
	}
	next.db.NoSync, next.db.NoGrowSync = e.options.NoSync, false
	filled = true
	return next, nil
}

// blank makes an empty database beside this one, which belongs to whom this one
// belongs to, and is not synced until it is full.
func (e *Engine) blank() (next *file, err error) {
	if err := removeLeftover(e.path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(beside(e.path), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(f.Close(), durable.KeepOwner(beside(e.path), e.path)); err != nil {
		return nil, errors.Join(err, removeLeftover(e.path))
	}
	if next, err = openAny(beside(e.path), Options{NoSync: true}); err != nil {
		return nil, errors.Join(err, removeLeftover(e.path))
	}
	next.db.NoGrowSync = true
	return next, nil
}

// removeLeftover takes away what a Replace left that was killed. Who calls it has the
// database locked.
func removeLeftover(path string) error {
	if err := os.Remove(beside(path)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// discard undoes prepare.
func (e *Engine) discard(next *file) error {
	return errors.Join(next.db.Close(), removeLeftover(e.path))
}

// swap puts next in place of the current file, in the writer's goroutine.
func (e *Engine) swap(next *file) error {
	if !e.moves {
		return e.swapClosed(next)
	}
	if err := os.Rename(beside(e.path), e.path); err != nil {
		return errors.Join(err, e.discard(next))
	}
	old := e.current
	e.mu.Lock()
	e.current = next
	e.mu.Unlock()
	e.retired.Go(func() {
		old.held.Wait()
		old.db.Close()
	})
	if err := durable.SyncDir(filepath.Dir(e.path)); err != nil {
		return e.fail(err) // after a power cut there may be either
	}
	return nil
}

// swapClosed does as swap where nothing can be moved over an open file. What it
// cannot open again stops the engine.
func (e *Engine) swapClosed(next *file) error {
	e.mu.Lock() // nobody takes hold
	defer e.mu.Unlock()
	e.current.held.Wait()
	err := errors.Join(e.current.db.Close(), next.db.Close())
	if err == nil {
		err = durable.Rename(beside(e.path), e.path)
	}
	f, openErr := openAny(e.path, e.options)
	if openErr != nil {
		return e.fail(errors.Join(err, openErr))
	}
	e.current = f
	return err
}
