package courier

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/flows/courier/couriertest"
	"loket/store"
)

// TestSettlesEachFile tests that the receipts of several killed workers are all replayed.
func TestSettlesEachFile(t *testing.T) {
	o := newOffice(t)
	prefix := filepath.Join(t.TempDir(), "db.sent")
	o.post(t, couriertest.ManyMessages(3)...)
	for i, m := range o.outbox(t) {
		r := newReceipts(prefix, i)
		if err := r.addReceipt(m.ID); err != nil {
			t.Fatal(err)
		}
		r.file.Close()
	}
	if err := replayReceipts(t.Context(), o.Store, prefix); err != nil {
		t.Fatal(err)
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: 3})
	if paths, err := receiptFiles(prefix); err != nil || len(paths) > 0 {
		t.Errorf("%q are left, %v", paths, err)
	}
}

// TestReceiptsNotKept tests that a message does not count as having a receipt if the receipt cannot be written. Unreadable
// receipts are an error.
func TestReceiptsNotKept(t *testing.T) {
	folder := t.TempDir()
	if err := newReceipts(filepath.Join(folder, "missing", "db.sent"), 0).addReceipt("m"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("note in a folder that is missing: %v", err)
	}
	if err := os.Mkdir(filepath.Join(folder, "db.sent-0"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := replayReceipts(t.Context(), newOffice(t).Store, filepath.Join(folder, "db.sent")); err == nil {
		t.Error("a folder was read as receipts")
	}
	r := newReceipts(filepath.Join(folder, "closed"), 0)
	if err := r.addReceipt("m"); err != nil {
		t.Fatal(err)
	}
	r.file.Close()
	if err := r.addReceipt("n"); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("note in a file that is closed: %v", err)
	}
	if err := r.clearReceipts(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("clear a file that is closed: %v", err)
	}
}

// TestReceiptsCleared tests that no receipts remain for messages that the store has recorded.
func TestReceiptsCleared(t *testing.T) {
	r := newReceipts(filepath.Join(t.TempDir(), "db.sent"), 0)
	if err := errors.Join(r.addReceipt("m"), r.clearReceipts()); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadFile(r.path); err != nil || len(left) > 0 {
		t.Errorf("%q is left, %v", left, err)
	}
}

// TestWaits tests that each wait is twice as long as the previous one, up to a maximum, and never zero.
func TestWaits(t *testing.T) {
	for times, want := range map[int]time.Duration{0: 5, 1: 10, 2: 20, 3: 40, 4: 60, 1000: 60} {
		if got := backoffDelay(5*time.Second, time.Minute, times); got != want*time.Second {
			t.Errorf("after %d: %v", times, got)
		}
	}
	if got := backoffDelay(time.Hour, time.Minute, 0); got != time.Minute {
		t.Errorf("a first wait over the longest: %v", got)
	}
	s := defaults()
	for attempts := range 20 {
		for _, id := range []string{"a", "b", "c"} {
			most := backoffDelay(s.FirstWait, s.LastWait, attempts)
			if got := s.retryDelay(store.Message{ID: id, Attempts: attempts}); got <= most*4/5 || got > most {
				t.Errorf("%s waits %v after %d attempts, want up to a fifth less than %v", id, got, attempts, most)
			}
		}
	}
}
