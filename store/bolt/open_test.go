package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// TestOpenRefuses checks that Open refuses a file with a fault. It has one case for each fault, which the function prepare
// makes in the file of a good database.
func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(t *testing.T, path string)
		wants   error  // wants is the error that the contract specifies, if there is one.
		says    string // says is the text of the error, if the contract does not specify an error.
	}{
		"no file": {func(t *testing.T, path string) {
			must(t, os.Remove(path))
		}, kvdb.ErrNoFile, ""},
		"no directory": {func(t *testing.T, path string) {
			must(t, os.RemoveAll(filepath.Dir(path)))
		}, kvdb.ErrNoFile, ""},
		"a directory": {func(t *testing.T, path string) {
			must(t, os.Remove(path))
			must(t, os.Mkdir(path, 0o700))
		}, nil, "not a regular file"},
		"an empty file": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, 0))
		}, nil, "the file is empty"},
		"a short text": {func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte("not a database"), 0o600))
		}, nil, ""},
		"zeros": {func(t *testing.T, path string) {
			must(t, os.WriteFile(path, make([]byte, 1<<16), 0o600))
		}, nil, ""},
		"cut off in its first page": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, 100))
		}, nil, ""},
		"cut off in its second page": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, int64(os.Getpagesize())+100))
		}, nil, ""},
		"cut off after its first pages": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, 3*int64(os.Getpagesize())))
		}, nil, ""},
		"cut off at its end": {func(t *testing.T, path string) {
			must(t, os.Truncate(path, used(t, path)-1))
		}, nil, ""},
		"overwritten but for its first pages": {func(t *testing.T, path string) {
			file, err := os.OpenFile(path, os.O_RDWR, 0)
			must(t, err)
			defer file.Close()
			junk := make([]byte, used(t, path))
			for n := range junk {
				junk[n] = 0xa5
			}
			_, err = file.WriteAt(junk, 2*int64(os.Getpagesize()))
			must(t, err)
		}, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filled(t)
			c.prepare(t, path)
			before, _ := os.ReadFile(path)
			e, err := Open(path, Options{})
			if err == nil {
				e.Close()
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
			if c.wants != nil && !errors.Is(err, c.wants) {
				t.Errorf("got error %q, want %v", err, c.wants)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("changed the file")
			}
		})
	}
}

// TestOpenFileMakesNone checks that a file that disappears just before bbolt opens it is not created again.
func TestOpenFileMakesNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	if _, err := openFile(path, bboltOptions(Options{}, smallMapSize)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got error %v, want %v", err, fs.ErrNotExist)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("made a file")
	}
}

func TestOpenInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // In the bubble the second for which Open waits takes no time.
		path := filled(t)
		e, err := Open(path, Options{})
		must(t, err)
		if second, err := Open(path, Options{}); !errors.Is(err, kvdb.ErrInUse) {
			second.Close()
			t.Errorf("got error %v, want %v", err, kvdb.ErrInUse)
		}
		must(t, e.Close())
		e, err = Open(path, Options{})
		must(t, err)
		must(t, e.Close())
	})
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	e, err := Create(path, Options{})
	must(t, err)
	must(t, e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/1", nil); return nil }))
	must(t, e.Close())

	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if _, err := Create(path, Options{}); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got error %v, want %v", err, fs.ErrExist)
	}
	if _, err := Create(filepath.Join(path, "db"), Options{}); err == nil {
		t.Error("made a database under a file")
	}

	e, err = Open(path, Options{})
	must(t, err)
	defer e.Close()
	must(t, e.View(t.Context(), func(kv kvdb.KV) error {
		if _, found := kv.Get("a/1"); !found {
			t.Error("lost what was there")
		}
		return nil
	}))
}

// filled returns the path of a good database whose last pages are in use.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dir", "db")
	must(t, os.Mkdir(filepath.Dir(path), 0o700))
	e, err := Create(path, Options{})
	must(t, err)
	must(t, e.Load(t.Context(), entries(10_000)))
	must(t, e.Close())
	return path
}

// used returns the number of bytes of the file that are in use.
func used(t *testing.T, path string) (size int64) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	must(t, err)
	defer db.Close()
	must(t, db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }))
	return size
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
