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

// receipts is a file with the IDs of sent messages that the store may not have recorded yet. Committing to the store takes
// longer than many mail servers take to reply. Writing a line to a file takes almost no time, and the line survives if this
// process is killed. The line may be lost in a power cut: then the messages of the last few milliseconds are sent again.
type receipts struct {
	path    string
	file    *os.File // file is nil until the first receipt is written.
	sentIDs []string
}

var errNoReceipts = errors.New("no file for receipts")

// newReceipts returns the receipts of the n-th worker, in a file whose name begins with prefix. If prefix is empty, it returns
// receipts that are not kept.
func newReceipts(prefix string, n int) *receipts {
	if prefix == "" {
		return &receipts{}
	}
	return &receipts{path: prefix + "-" + strconv.Itoa(n)}
}

// addReceipt records that a message was sent.
func (r *receipts) addReceipt(id string) (err error) {
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
	r.sentIDs = append(r.sentIDs, id)
	return nil
}

// clearReceipts removes all receipts. The caller has recorded all of them in the store.
func (r *receipts) clearReceipts() error {
	if r.file == nil {
		return nil
	}
	r.sentIDs = nil
	return r.file.Truncate(0)
}

// closeReceipts closes the file, and removes it if the store has recorded all of its messages.
func (r *receipts) closeReceipts() {
	if r.file == nil {
		return
	}
	r.file.Close()
	if len(r.sentIDs) == 0 {
		os.Remove(r.path)
	}
	r.file = nil
}

// markUnrecordedSent marks messages as sent in the store if an earlier commit failed to do so.
func (r *receipts) markUnrecordedSent(ctx context.Context, s *store.Store) error {
	if len(r.sentIDs) == 0 {
		return nil
	}
	if err := markSent(ctx, s, r.sentIDs); err != nil {
		return err
	}
	return r.clearReceipts()
}

// replayReceipts marks messages as sent that an earlier process sent but did not record in the store.
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

// receiptFiles returns the paths of all receipt files whose names begin with prefix. It does not use a glob pattern, because
// prefix may contain special characters.
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

// markSent marks messages as sent in the store. It ignores unknown IDs.
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
