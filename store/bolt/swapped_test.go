package bolt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"loket/store/kvdb"
)

// existing makes an engine whose file has the given keys.
func existing(t *testing.T, o Options, keys ...string) (e *Engine, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "folder", "db")
	must(t, os.Mkdir(filepath.Dir(path), 0o700))
	e, err := Create(path, o)
	must(t, err)
	must(t, write(t, e, keys...))
	return e, path
}

func write(t *testing.T, e *Engine, keys ...string) error {
	return e.Update(t.Context(), func(kv kvdb.KV) error {
		for _, key := range keys {
			kv.Put(key, nil)
		}
		return nil
	})
}

func wantKeys(t *testing.T, e *Engine, want ...string) {
	t.Helper()
	must(t, e.View(t.Context(), func(kv kvdb.KV) error {
		var got []string
		for key := range kv.Scan("a/") {
			got = append(got, key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("it has %q, want %q", got, want)
		}
		return nil
	}))
}

// swaps has, by name, the things that another program can do to the file of an open engine.
var swaps = map[string]func(t *testing.T, path, another string){
	"moved":        func(t *testing.T, path, _ string) { must(t, os.Rename(path, path+".old")) },
	"deleted":      func(t *testing.T, path, _ string) { must(t, os.Remove(path)) },
	"replaced":     func(t *testing.T, path, another string) { must(t, os.Rename(another, path)) },
	"folder moved": func(t *testing.T, path, _ string) { must(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old")) },
	"folder replaced": func(t *testing.T, path, another string) {
		must(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old"))
		must(t, os.Mkdir(filepath.Dir(path), 0o700))
		must(t, os.Rename(another, path))
	},
	"made a link": func(t *testing.T, path, another string) {
		must(t, os.Rename(path, path+".old"))
		must(t, os.Symlink(another, path))
	},
	"link turned elsewhere": func(t *testing.T, path, another string) {
		link := filepath.Join(filepath.Dir(filepath.Dir(path)), "link")
		must(t, os.Remove(link))
		must(t, os.Symlink(another, link))
	},
	"written over": func(t *testing.T, path, another string) {
		text, err := os.ReadFile(another)
		must(t, err)
		must(t, os.WriteFile(path, text, 0o600))
	},
	"emptied": func(t *testing.T, path, _ string) { must(t, os.Truncate(path, 0)) },
}

// TestSwapped checks that no commit succeeds if another file is at the path, or if another program wrote to the file. The
// engine stops, whether a commit or a check notices it.
func TestSwapped(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file stays where it is")
	}
	for name, swap := range swaps {
		t.Run(name, func(t *testing.T) {
			for when, update := range map[string]func(e *Engine, swap func()) error{
				"before": func(e *Engine, swap func()) error { swap(); return write(t, e, "a/2") },
				"meanwhile": func(e *Engine, swap func()) error {
					return e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/2", nil); swap(); return nil })
				},
				"found by looking": func(e *Engine, swap func()) error { swap(); return e.CheckWritable(t.Context()) },
			} {
				e, path := existing(t, Options{}, "a/1")
				e.Close()
				link := filepath.Join(filepath.Dir(filepath.Dir(path)), "link")
				must(t, os.Symlink(path, link))
				e, err := Open(link, Options{})
				must(t, err)
				defer e.Close()
				other, another := existing(t, Options{}, "a/1", "a/3")
				must(t, write(t, other, "a/4"))
				must(t, other.Close())

				err = update(e, func() { swap(t, path, another) })
				if !errors.Is(err, kvdb.ErrStopped) {
					t.Errorf("%s: told as %v", when, err)
				}
				inFile := name != "written over" && name != "emptied"
				if unsettled := when == "meanwhile" && inFile; errors.Is(err, kvdb.ErrOutcomeUnknown) != unsettled {
					t.Errorf("%s: unsettled is to be %t: %v", when, unsettled, err)
				}
				if !errors.Is(context.Cause(e.LifetimeContext()), kvdb.ErrStopped) {
					t.Errorf("%s: it goes on", when)
				}
				if err := e.View(t.Context(), func(kvdb.KV) error { return nil }); !errors.Is(err, kvdb.ErrStopped) {
					t.Errorf("%s: it still reads: %v", when, err)
				}
			}
		})
	}
}

// TestInPlace checks that CheckWritable finds no fault with a sound file, even after a Replace, in a folder that cannot be
// read, or if the file has no name.
func TestInPlace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file stays where it is")
	}
	e, path := existing(t, Options{}, "a/1")
	defer e.Close()
	must(t, e.CheckWritable(t.Context()))
	must(t, e.Replace(t.Context(), func(put func(string, []byte) error) error { return put("a/5", nil) }))
	must(t, e.CheckWritable(t.Context()))
	must(t, write(t, e, "a/6"))
	wantKeys(t, e, "a/5", "a/6")
	if os.Geteuid() != 0 { // The case is not for root, because root can read every folder.
		must(t, os.Chmod(filepath.Dir(path), 0))
		defer os.Chmod(filepath.Dir(path), 0o700)
		must(t, e.CheckWritable(t.Context()))
	}
	nameless, path := existing(t, Options{NoSync: true, IsUnlinked: true}, "a/1")
	defer nameless.Close()
	must(t, os.Remove(path))
	must(t, write(t, nameless, "a/2"))
	must(t, nameless.CheckWritable(t.Context()))
}

// TestReplaceSwapped checks that Replace does not replace a file that another program put at the path of the open one.
func TestReplaceSwapped(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file stays where it is")
	}
	e, path := existing(t, Options{}, "a/1")
	defer e.Close()
	must(t, os.Remove(path))
	must(t, os.WriteFile(path, []byte("theirs"), 0o600))
	if err := e.Replace(t.Context(), func(put func(string, []byte) error) error { return put("a/5", nil) }); !errors.Is(err, kvdb.ErrStopped) {
		t.Errorf("it was replaced: %v", err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "theirs" {
		t.Errorf("there is %q: %v", text, err)
	}
}
