package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"

	"loket/store/kvdb"
)

// replaceBy replaces all entries with a single one that has the given value.
func replaceBy(e *Engine, value string) error {
	return e.Replace(context.Background(), func(put func(string, []byte) error) error { return put("a/1", []byte(value)) })
}

func wantValueOf(t *testing.T, e *Engine, want string) {
	t.Helper()
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		if value, _ := kv.Get("a/1"); string(value) != want {
			t.Errorf("got %q, want %q", value, want)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// wantAlone checks that there is no other file in the folder of the database.
func wantAlone(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(replacementPath(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a file beside the database: %v", err)
	}
}

// TestReplaceKeepsOthersOut checks that a process that waits for the lock does not get the replaced file, which is unlocked at
// that moment.
func TestReplaceKeepsOthersOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // In the bubble the time for which the processes wait takes no time.
		e := fresh(t, Options{NoSync: true})
		var waits sync.WaitGroup
		for range 3 {
			waits.Go(func() {
				if second, err := Open(e.writer.path, Options{}); !errors.Is(err, kvdb.ErrInUse) {
					second.Close()
					t.Errorf("got error %v, want %v", err, kvdb.ErrInUse)
				}
			})
		}
		synctest.Wait()
		must(t, replaceBy(e, "new"))
		waits.Wait()
		must(t, e.Close())
		e, err := Open(e.writer.path, Options{})
		must(t, err)
		wantValueOf(t, e, "new")
		must(t, e.Close())
	})
}

// TestReplaceLeavesNothing checks that no file is left beside the database after a Replace, whatever happens, and that
// leftovers of a killed process are removed.
func TestReplaceLeavesNothing(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	wantAlone(t, e.writer.path)
	must(t, replaceBy(e, "first"))
	wantAlone(t, e.writer.path)
	if err := e.Replace(context.Background(), func(func(string, []byte) error) error { return errRefused }); !errors.Is(err, errRefused) {
		t.Error(err)
	}
	wantAlone(t, e.writer.path)
	for name, open := range map[string]func() error{
		"the next one": func() error { return replaceBy(e, "second") },
		"the next who opens it": func() (err error) {
			must(t, e.Close())
			must(t, os.WriteFile(replacementPath(e.writer.path), []byte("half"), 0o600))
			e, err = Open(e.writer.path, Options{NoSync: true})
			return err
		},
	} {
		must(t, os.WriteFile(replacementPath(e.writer.path), []byte("half"), 0o600))
		if err := open(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wantAlone(t, e.writer.path)
	}
	wantValueOf(t, e, "second")
	must(t, e.Close())
}

// TestReplaceKeepsTheFileAsItWas checks that after a Replace only the owner may read the file, and that a symbolic link still
// leads to the file.
func TestReplaceKeepsTheFileAsItWas(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	path, link := e.writer.path, filepath.Join(t.TempDir(), "link")
	must(t, e.Close())
	must(t, os.Symlink(path, link))
	e, err := Open(link, Options{})
	must(t, err)
	must(t, replaceBy(e, "new"))
	must(t, e.Close())
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link is %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	e, err = Open(path, Options{})
	must(t, err)
	defer e.Close()
	wantValueOf(t, e, "new")
}

// TestReplaceThatCannot checks that nothing changes if the new file cannot be moved over the old one.
func TestReplaceThatCannot(t *testing.T) {
	for _, moves := range []bool{true, false} {
		e := fresh(t, Options{NoSync: true})
		e.writer.canReplaceOpen = moves
		must(t, replaceBy(e, "old"))
		path := e.writer.path
		err := e.Replace(context.Background(), func(put func(string, []byte) error) error {
			must(t, os.Rename(replacementPath(path), replacementPath(path)+"er"))
			return put("a/1", []byte("new"))
		})
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("got error %v", err)
		}
		wantValueOf(t, e, "old")
		must(t, replaceBy(e, "newer"))
		wantValueOf(t, e, "newer")
		must(t, e.Close())
	}
}

// TestReplaceClosed tests Replace as it works on systems that cannot replace an open file.
func TestReplaceClosed(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	e.writer.canReplaceOpen = false
	must(t, replaceBy(e, "0"))
	var others sync.WaitGroup
	done := make(chan bool)
	for range 2 {
		others.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := errors.Join(
					e.View(context.Background(), func(kv kvdb.KV) error { kv.Get("a/1"); return nil }),
					e.Update(context.Background(), func(kv kvdb.KV) error { kv.Put("b/1", nil); return nil }),
				); err != nil {
					t.Error(err)
				}
				if err := e.Scrub(context.Background()); err != nil && !errors.Is(err, kvdb.ErrTooManyConflicts) {
					t.Error(err)
				}
			}
		})
	}
	for n := range 20 {
		must(t, replaceBy(e, fmt.Sprint(n+1)))
		wantValueOf(t, e, fmt.Sprint(n+1))
	}
	close(done)
	others.Wait()
	wantAlone(t, e.writer.path)
	must(t, e.Close())
	if err := replaceBy(e, "late"); err == nil {
		t.Error("replaced what is closed")
	}
	wantAlone(t, e.writer.path)
}

// TestReplaceWhereItCannotOpenAgain checks that the engine stops if a Replace cannot open the file again.
func TestReplaceWhereItCannotOpenAgain(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	e.writer.canReplaceOpen = false
	if err := e.Replace(context.Background(), func(func(string, []byte) error) error {
		return errors.Join(os.Remove(e.writer.path), os.Remove(replacementPath(e.writer.path)))
	}); !errors.Is(err, kvdb.ErrStopped) {
		t.Errorf("got error %v, want %v", err, kvdb.ErrStopped)
	}
	if err := putOne(t, e); !errors.Is(err, kvdb.ErrStopped) {
		t.Errorf("afterwards: %v", err)
	}
	must(t, e.Close())
}

// TestLeftoverThatStays checks that a leftover of a Replace that cannot be removed makes the next Replace and the next Open
// fail, and that nothing changes.
func TestLeftoverThatStays(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	putAt(t, e, "a/1", []byte("kept"))
	must(t, os.MkdirAll(filepath.Join(replacementPath(e.writer.path), "full"), 0o700))
	if err := replaceBy(e, "new"); err == nil {
		t.Error("replaced all the same")
	}
	must(t, e.Close())
	if again, err := Open(e.writer.path, Options{}); err == nil {
		again.Close()
		t.Error("opened all the same")
	}
	must(t, os.RemoveAll(replacementPath(e.writer.path)))
	again, err := Open(e.writer.path, Options{NoSync: true})
	must(t, err)
	defer again.Close()
	must(t, again.View(t.Context(), func(kv kvdb.KV) error {
		if value, _ := kv.Get("a/1"); string(value) != "kept" {
			t.Errorf("there is %q", value)
		}
		return nil
	}))
}
