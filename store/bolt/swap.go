package bolt

import (
	"errors"
	"os"
	"path/filepath"

	"loket/store/durable"
)

// A swap has the writer put a file, which is at beside, in place of the current
// one.
type swap struct {
	next *file
	done chan error
}

// discard closes a file at beside, and takes it away.
func (w *writer) discard(next *file) error {
	return errors.Join(next.db.Close(), removeLeftover(w.path))
}

// swap puts next in place of the current file, in the writer's goroutine.
func (w *writer) swap(next *file) error {
	if err := w.inPlace(w.current); err != nil { // what is there is not ours to replace
		return errors.Join(w.fail(err), w.discard(next))
	}
	if !w.moves {
		return w.swapClosed(next)
	}
	if err := os.Rename(beside(w.path), w.path); err != nil {
		return errors.Join(err, w.discard(next))
	}
	old := w.current
	w.mu.Lock()
	w.current = next
	w.mu.Unlock()
	w.retired.Go(func() {
		old.held.Wait()
		old.db.Close()
	})
	if err := durable.SyncDir(filepath.Dir(w.path)); err != nil {
		return w.fail(err) // after a power cut there may be either
	}
	return nil
}

// swapClosed does as swap where nothing can be moved over an open file. What it
// cannot open again stops the writer.
func (w *writer) swapClosed(next *file) error {
	w.mu.Lock() // nobody takes hold
	defer w.mu.Unlock()
	w.current.held.Wait()
	err := errors.Join(w.current.db.Close(), next.db.Close())
	if err == nil {
		err = durable.Rename(beside(w.path), w.path)
	}
	f, openErr := openAny(w.path, w.options)
	if openErr != nil {
		return w.fail(errors.Join(err, openErr))
	}
	w.current = f
	return err
}
