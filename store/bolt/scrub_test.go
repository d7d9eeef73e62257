package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

var secret = []byte("BCDF-GHJK-LMNP, told to nobody else")

// putAt writes a value in a commit of its own.
func putAt(t *testing.T, e *Engine, key string, value []byte) {
	t.Helper()
	if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key, value); return nil }); err != nil {
		t.Fatal(err)
	}
}

// TestScrub looks for overwritten and deleted values in the file itself. The values must be there before a scrub, and nowhere
// after it.
func TestScrub(t *testing.T) {
	for _, size := range []int{1, 5000} { // A value of 1 byte is on one page, and a value of 5,000 bytes is on several.
		t.Run(fmt.Sprint(size, " times"), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "db")
			e, err := Create(path, Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			for n := range 200 {
				putAt(t, e, fmt.Sprintf("outbox/%03d", n), bytes.Repeat(secret, size/(n+1)+1))
			}
			for n := range 200 {
				key := fmt.Sprintf("outbox/%03d", n)
				err := e.Update(t.Context(), func(kv kvdb.KV) error {
					if n%2 == 0 {
						kv.Delete(key)
					} else {
						kv.Put(key, []byte("sent"))
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if !strings.Contains(fileText(t, path), string(secret[:20])) {
				t.Fatal("nothing was left behind, so that there is nothing to see here")
			}
			if err := e.Scrub(t.Context()); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(fileText(t, path), string(secret[:20])) {
				t.Error("it can still be read in the file")
			}
			putAt(t, e, "outbox/after", []byte("still works"))
			sound(t, e, 101)
		})
	}
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sound checks the whole file with bbolt's own check.
func sound(t *testing.T, e *Engine, keys int) {
	t.Helper()
	if err := e.writer.current.db.View(func(tx *bbolt.Tx) error {
		for err := range tx.Check() {
			t.Error(err)
		}
		if n := tx.Bucket([]byte("outbox")).Stats().KeyN; n != keys {
			t.Errorf("%d keys, want %d", n, keys)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// TestScrubWaitsForReaders checks that a scrub waits for running Views, because they may read pages that are free by now.
func TestScrubWaitsForReaders(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	putAt(t, e, "outbox/1", secret)
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		putAt(t, e, "outbox/1", []byte("sent"))
		putAt(t, e, "outbox/2", []byte("other"))
		if err := e.Scrub(t.Context()); !errors.Is(err, kvdb.ErrTooManyConflicts) {
			t.Errorf("scrub beside a View: %v", err)
		}
		if value, _ := kv.Get("outbox/1"); !bytes.Equal(value, secret) {
			t.Errorf("the View reads %q", value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := e.Scrub(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestScrubBesideEverything runs readers, writers and scrubs concurrently.
func TestScrubBesideEverything(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for n := range 150 {
				key := fmt.Sprintf("outbox/%d", worker)
				want := bytes.Repeat([]byte{byte('a' + n%26)}, 100*(n%60)+1)
				putAt(t, e, key, want)
				if err := e.View(t.Context(), func(kv kvdb.KV) error {
					if value, _ := kv.Get(key); !bytes.Equal(value, want) {
						t.Errorf("%s has %d bytes that are not its own", key, len(value))
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
				if err := e.Scrub(t.Context()); err != nil && !errors.Is(err, kvdb.ErrTooManyConflicts) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	sound(t, e, 4)
}

// TestScrubRefusesAnotherFormat checks that a scrub writes nothing to a file in an unknown format.
func TestScrubRefusesAnotherFormat(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	putAt(t, e, "outbox/1", secret)
	text := []byte(fileText(t, e.writer.current.db.Path()))
	for name, change := range map[string]func([]byte){
		"no meta page":     func(b []byte) { clear(b[:2*4096]) },
		"another magic":    func(b []byte) { b[16], b[4096+16] = 1, 1 },
		"a wrong sum":      func(b []byte) { b[16+60], b[4096+16+60] = b[16+60]+1, b[4096+16+60]+1 },
		"no list of pages": func(b []byte) { clear(b[2*4096:]) },
	} {
		t.Run(name, func(t *testing.T) {
			changed := bytes.Clone(text)
			change(changed)
			if ids, err := freePages(bytes.NewReader(changed), e.writer.current.pageSize); err == nil {
				t.Errorf("free are %v", ids)
			}
		})
	}
	if ids, err := freePages(bytes.NewReader(text), e.writer.current.pageSize); err != nil || len(ids) == 0 {
		t.Errorf("free are %v, %v", ids, err)
	}
}

// BenchmarkScrub measures a scrub of 10,000 pages that were scrubbed before.
func BenchmarkScrub(b *testing.B) {
	e := fresh(b, Options{NoSync: true})
	defer e.Close()
	write := func(value []byte) {
		for from := range 100 {
			if err := e.Update(b.Context(), func(kv kvdb.KV) error {
				for n := range 100 {
					kv.Put(fmt.Sprintf("outbox/%05d", from*100+n), value)
				}
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
	}
	write(bytes.Repeat(secret, 90))
	write([]byte("sent"))
	for b.Loop() {
		if err := e.Scrub(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
