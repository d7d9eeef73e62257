package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"

	"loket/store/kvdb"
)

// swapDescriptor redirects the writes to the file of e to another file, which it opens with the given flags, until mend is
// called.
func swapDescriptor(t *testing.T, e *Engine, path string, flags int) (mend func()) {
	t.Helper()
	raw := e.writer.current.osFile
	kept, err := unix.Dup(int(raw.Fd()))
	must(t, err)
	other, err := os.OpenFile(path, flags, 0)
	must(t, err)
	defer other.Close()
	must(t, unix.Dup3(int(other.Fd()), int(raw.Fd()), unix.O_CLOEXEC))
	return func() {
		must(t, unix.Dup3(kept, int(raw.Fd()), unix.O_CLOEXEC))
		must(t, unix.Close(kept))
	}
}

// TestFullDisk checks that a commit that finds no room stores nothing, however often it is tried, and that the same engine
// succeeds at the next commit that finds room.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := unix.Mount("tmpfs", disk, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("only root can make a disk: ", err)
	}
	defer unix.Unmount(disk, unix.MNT_DETACH)
	path, want := filepath.Join(disk, "db"), []string{"a/0"}
	e, err := Create(path, Options{})
	must(t, err)
	defer func() { e.Close() }()
	must(t, write(t, e, want...))
	for n := range 3 * maxFailedCommits {
		must(t, os.WriteFile(filepath.Join(disk, "full"), nil, 0o600))
		full, err := os.OpenFile(filepath.Join(disk, "full"), os.O_WRONLY, 0)
		must(t, err)
		for err == nil {
			_, err = full.Write(make([]byte, 4096))
		}
		full.Close()
		key := fmt.Sprintf("a/%02d", n+1)
		large := func(key string, size int) error {
			return e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key, make([]byte, size)); return nil })
		}
		if err := large("a/lost", 2<<20); !errors.Is(err, unix.ENOSPC) || errors.Is(err, kvdb.ErrStopped) || errors.Is(err, kvdb.ErrOutcomeUnknown) {
			t.Fatalf("without room: %v", err)
		}
		wantKeys(t, e, want...)
		if e.writer.lastError.Load() == nil {
			t.Error("it is not noted")
		}
		must(t, os.Remove(filepath.Join(disk, "full")))
		must(t, large(key, 1<<16))
		want = append(want, key)
		if n > 3 {
			must(t, e.Update(t.Context(), func(kv kvdb.KV) error { kv.Delete(want[1]); return nil }))
			want = slices.Delete(want, 1, 2)
		}
		must(t, e.Check(t.Context(), func(damage error) { t.Error(damage) }))
	}
	must(t, e.Close())
	e, err = Open(path, Options{})
	must(t, err)
	wantKeys(t, e, want...)
}

// TestFailingDisk checks that the file stays open if only writes fail, and that the engine stops after maxFailedCommits failed
// commits and not before.
func TestFailingDisk(t *testing.T) {
	e, path := existing(t, Options{}, "a/1")
	defer e.Close()
	mend := swapDescriptor(t, e, path, os.O_RDONLY)
	for range maxFailedCommits - 1 {
		if err := write(t, e, "a/2"); !errors.Is(err, unix.EBADF) || errors.Is(err, kvdb.ErrStopped) || errors.Is(err, kvdb.ErrOutcomeUnknown) {
			t.Fatalf("it fails with %v", err)
		}
	}
	if err := e.CheckWritable(t.Context()); !errors.Is(err, kvdb.ErrStopped) {
		t.Errorf("the last try says %v", err)
	}
	mend()
	if err := write(t, e, "a/2"); !errors.Is(err, kvdb.ErrStopped) || errors.Is(err, kvdb.ErrOutcomeUnknown) || !errors.Is(context.Cause(e.LifetimeContext()), unix.EBADF) {
		t.Errorf("afterwards: %v", err)
	}
	e.Close()

	e, err := Open(path, Options{})
	must(t, err)
	defer e.Close()
	mend = swapDescriptor(t, e, path, os.O_RDONLY)
	before := e.writer.current
	for range maxFailedCommits - 1 {
		if err := write(t, e, "a/2"); err == nil {
			t.Error("it was kept")
		}
	}
	wantKeys(t, e, "a/1")
	mend()
	must(t, e.CheckWritable(t.Context()))
	if e.writer.failureCount != 0 || e.writer.lastError.Load() != nil || e.writer.current != before {
		t.Errorf("after a commit that succeeded there are %d failures", e.writer.failureCount)
	}
	must(t, write(t, e, "a/3"))
	wantKeys(t, e, "a/1", "a/3")
	must(t, e.Check(t.Context(), func(damage error) { t.Error(damage) }))
}

// TestDoneAfterAll checks the outcome of a failed commit: if the commit is in the file, it was done, whatever failed after
// that; if it is not, it was not done; and if the file cannot be opened, the outcome is unknown.
func TestDoneAfterAll(t *testing.T) {
	for name, test := range map[string]struct {
		ahead     uint64 // ahead is by how much the id of the transaction exceeds the newest one in the file.
		lose      bool   // lose makes the test remove the database file.
		done      bool
		unsettled bool
	}{
		"in the file":            {done: true},
		"not in it":              {ahead: 1},
		"lost with its file":     {lose: true, unsettled: true},
		"not in it, and no file": {ahead: 1, lose: true},
	} {
		t.Run(name, func(t *testing.T) {
			e, path := existing(t, Options{}, "a/1")
			defer e.Close()
			if test.lose {
				must(t, os.Remove(path))
			}
			id := e.writer.current.lastMeta.txid + test.ahead
			err := e.writer.resolveFailedCommit(id, true, unix.EIO)
			if test.done != (err == nil) || test.unsettled != errors.Is(err, kvdb.ErrOutcomeUnknown) {
				t.Errorf("it is told as %v", err)
			}
			if !test.lose {
				must(t, write(t, e, "a/2"))
				wantKeys(t, e, "a/1", "a/2")
			}
		})
	}
}
