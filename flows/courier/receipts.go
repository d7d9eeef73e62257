package courier

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loket/store"
)

// receipts are the messages that have left and that the store may not know of
// yet, in a file of their IDs. A commit takes longer than many a mail server;
// writing a line to a file takes next to no time, and outlives this process when
// it is killed. It need not outlive a power cut: then what was sent during the
// last commit, some milliseconds, is sent again.
type receipts struct {
	path string
	file *os.File // nil until there is something to write
	ids  []string
}

var errNoReceipts = errors.New("no file for receipts")

// newReceipts returns those of the n-th worker, in a file whose name begins with
// prefix. None are kept if that is empty.
func newReceipts(prefix string, n int) *receipts {
	if prefix == "" {
		return &receipts{}
	}
	return &receipts{path: prefix + "-" + strconv.Itoa(n)}
}

// add keeps that a message has left.
func (r *receipts) add(id string) (err error) {
	if r.path == "" {
		return errNoReceipts
	}
	if r.file == nil {
		if r.file, err = os.OpenFile(r.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
			return err
		}
	}
	if _, err := r.file.WriteString(id + "\n"); err != nil {
		return err
	}
	r.ids = append(r.ids, id)
	return nil
}

// clear says that the store knows of all.
func (r *receipts) clear() error {
	if r.file == nil {
		return nil
	}
	r.ids = nil
	return r.file.Truncate(0)
}

// close takes away the file, unless it is still needed.
func (r *receipts) close() {
	if r.file == nil {
		return
	}
	r.file.Close()
	if len(r.ids) == 0 {
		os.Remove(r.path)
	}
	r.file = nil
}

// storeMissing tells the store of those that it does not know of, after that failed.
func (r *receipts) storeMissing(ctx context.Context, s *store.Store) error {
	if len(r.ids) == 0 {
		return nil
	}
	if err := markSent(ctx, s, r.ids); err != nil {
		return err
	}
	return r.clear()
}

// replayReceipts tells the store of what left before this process was started.
func replayReceipts(ctx context.Context, s *store.Store, prefix string) error {
	if prefix == "" {
		return nil
	}
	paths, err := receiptFiles(prefix)
	if err != nil {
		return err
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := markSent(ctx, s, strings.Fields(string(text))); err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// receiptFiles are the paths of all receipts, whatever is in their names.
func receiptFiles(prefix string) (paths []string, err error) {
	dir, begins := filepath.Split(prefix + "-")
	entries, err := os.ReadDir(filepath.Clean(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		worker, is := strings.CutPrefix(e.Name(), begins)
		if _, err := strconv.Atoi(worker); is && err == nil {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// markSent marks messages as sent, as far as there are such.
func markSent(ctx context.Context, s *store.Store, ids []string) error {
	for some := range slices.Chunk(ids, batchSize) {
		if err := s.Update(ctx, func(tx *store.Tx) error {
			for _, id := range some {
				tx.MarkSent(store.Message{ID: id})
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
