package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loket/store/kvdb"
)

// TestDamage checks what happens when the disk returns other bytes than were written: every transaction that reads them fails
// with an error, a commit stops the engine, and the program goes on.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	e, err := Create(path, Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for from := range 30 {
		err := e.Update(t.Context(), func(kv kvdb.KV) error {
			for n := range 100 {
				kv.Put(fmt.Sprintf("a/%06d", from*100+n), bytes.Repeat([]byte{'v'}, 200))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	scribble(t, path)

	scan := func(kv kvdb.KV) error {
		for range kv.Scan("a/") {
		}
		return nil
	}
	for name, got := range map[string]error{
		"a scan": e.View(t.Context(), scan),
		"a get":  e.View(t.Context(), func(kv kvdb.KV) error { kv.Get("a/001500"); return nil }),
		"a put":  e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/001500", nil); return nil }),
	} {
		if got == nil || !strings.Contains(got.Error(), "damaged database") {
			t.Errorf("%s: %v", name, got)
		}
		if name == "a put" && !errors.Is(got, kvdb.ErrStopped) {
			t.Errorf("%s: the engine goes on: %v", name, got)
		}
	}
}

// scribble overwrites all pages except those that refer to other pages.
func scribble(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	for at := int64(4 * page); at < info.Size(); at += int64(page) {
		if _, err := f.WriteAt(bytes.Repeat([]byte{0xEE}, 64), at); err != nil {
			t.Fatal(err)
		}
	}
}
