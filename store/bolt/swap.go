package bolt

import (
	"errors"
	"os"
	"path/filepath"

	"loket/store/durable"
)

// A fileSwapRequest asks the writer to replace the current database file with a new one, which is at replacementPath.
type fileSwapRequest struct {
	newFile *file
	done    chan error
}

// discardFile closes and removes a new file at replacementPath.
func (w *writer) discardFile(next *file) error {
	return errors.Join(next.db.Close(), removeLeftover(w.path))
}

// swapFile replaces the current database file with next. It runs in the writer's goroutine.
func (w *writer) swapFile(next *file) error {
	if err := w.checkFileInPlace(w.current); err != nil { // The engine must not replace a file that another program put at the path.
		return errors.Join(w.stopWithError(err), w.discardFile(next))
	}
	if !w.canReplaceOpen {
		return w.swapClosedFile(next)
	}
	if err := os.Rename(replacementPath(w.path), w.path); err != nil {
		return errors.Join(err, w.discardFile(next))
	}
	old := w.current
	w.mu.Lock()
	w.current = next
	w.mu.Unlock()
	w.retiredFiles.Go(func() {
		old.holders.Wait()
		old.db.Close()
	})
	if err := durable.SyncDir(filepath.Dir(w.path)); err != nil {
		return w.stopWithError(err) // After a power cut, either the old or the new file may be at the path.
	}
	return nil
}

// swapClosedFile does the work of swapFile on systems where an open file cannot be replaced: it closes the file, replaces it
// and opens the new one. If it cannot open the new one, it stops the writer.
func (w *writer) swapClosedFile(next *file) error {
	w.mu.Lock() // While the lock is held, acquireFile blocks.
	defer w.mu.Unlock()
	w.current.holders.Wait()
	err := errors.Join(w.current.db.Close(), next.db.Close())
	if err == nil {
		err = durable.Rename(replacementPath(w.path), w.path)
	}
	f, openErr := openMapped(w.path, w.options)
	if openErr != nil {
		return w.stopWithError(errors.Join(err, openErr))
	}
	w.current = f
	return err
}
