package bolt

import (
	"errors"
	"os"
	"path/filepath"

	"loket/store/durable"
)

// A fileSwap has the writer put a file, which is at beside, in place of the current
// one.
type fileSwap struct {
	next *file
	done chan error
}

// discardFile closes a file at beside, and takes it away.
func (w *writer) discardFile(next *file) error {
	return errors.Join(next.db.Close(), removeLeftover(w.path))
}

// swapFile puts next in place of the current file, in the writer's goroutine.
func (w *writer) swapFile(next *file) error {
	if err := w.inPlace(w.current); err != nil { // what is there is not ours to replace
		return errors.Join(w.stopWith(err), w.discardFile(next))
	}
	if !w.moves {
		return w.swapClosedFile(next)
	}
	if err := os.Rename(replacementPath(w.path), w.path); err != nil {
		return errors.Join(err, w.discardFile(next))
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
		return w.stopWith(err) // after a power cut there may be either
	}
	return nil
}

// swapClosedFile does as swap where nothing can be moved over an open file. What it
// cannot open again stops the writer.
func (w *writer) swapClosedFile(next *file) error {
	w.mu.Lock() // nobody takes hold
	defer w.mu.Unlock()
	w.current.held.Wait()
	err := errors.Join(w.current.db.Close(), next.db.Close())
	if err == nil {
		err = durable.Rename(replacementPath(w.path), w.path)
	}
	f, openErr := openMapped(w.path, w.options)
	if openErr != nil {
		return w.stopWith(errors.Join(err, openErr))
	}
	w.current = f
	return err
}
