package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

var errRefused = errors.New("refused")

// queue makes callers wait for e, in their order, behind a caller whose transaction lasts until hold returns. It returns the
// error of that caller, and then the error of each of the others.
func queue(t *testing.T, e *Engine, hold func(), callers ...func() error) []error {
	t.Helper()
	errs := make([]error, 1+len(callers))
	var wg sync.WaitGroup
	errs[0] = e.Update(t.Context(), func(kvdb.KV) error {
		for n, call := range callers {
			wg.Go(func() { errs[1+n] = call() })
			synctest.Wait()
		}
		hold()
		return nil
	})
	wg.Wait()
	return errs
}

// commits returns the number of commits that the file has had.
func commits(t *testing.T, e *Engine) (id int) {
	t.Helper()
	if err := e.writer.current.db.View(func(tx *bbolt.Tx) error { id = tx.ID(); return nil }); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestCallersWhoWaitShareOneCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := fresh(t, Options{NoSync: true})
		defer e.Close()
		before := commits(t, e)

		// Each caller notes which callers came before it, and may then fail.
		var seen [6]string
		caller := func(n int, end func() error) func() error {
			return func() error {
				return e.Update(t.Context(), func(kv kvdb.KV) error {
					for key := range kv.Scan("a/") {
						seen[n] += key
					}
					kv.Put(fmt.Sprintf("a/%d", n), nil)
					kv.Delete(fmt.Sprintf("a/%d", n-4))
					return end()
				})
			}
		}
		succeed := func() error { return nil }
		errs := queue(t, e, func() {},
			caller(0, succeed),
			caller(1, func() error { return errRefused }),
			func() (err error) {
				defer func() { err, _ = recover().(error) }()
				return caller(2, func() error { panic(errRefused) })()
			},
			caller(3, succeed),
			caller(4, succeed),
			caller(5, succeed),
		)

		if want := []error{nil, nil, errRefused, errRefused, nil, nil, nil}; !slices.Equal(errs, want) {
			t.Errorf("callers got %v, want %v", errs, want)
		}
		if want := [6]string{"", "a/0", "a/0", "a/0", "a/0a/3", "a/3a/4"}; seen != want {
			t.Errorf("callers saw %q, want %q", seen, want)
		}
		if n := commits(t, e) - before; n != 1 {
			t.Errorf("took %d commits, want 1", n)
		}
	})
}

// TestTooLongForBbolt checks that a key that bbolt would refuse does not reach bbolt.
func TestTooLongForBbolt(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	for length, fits := range map[int]bool{bbolt.MaxKeySize: true, bbolt.MaxKeySize + 1: false} {
		key := "a/" + strings.Repeat("k", length)
		if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key, nil); return nil }); fits != (err == nil) || err != nil && !strings.Contains(err.Error(), fmt.Sprintf("key of %d bytes in table %q", length, "a")) {
			t.Errorf("a key of %d bytes: got error %v", length, err)
		}
	}
	if err := putOne(t, e); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestNothingWrittenIsNoCommit(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	before := commits(t, e)
	for _, want := range []error{nil, errRefused} {
		if err := e.Update(t.Context(), func(kvdb.KV) error { return want }); err != want {
			t.Error(err)
		}
	}
	if after := commits(t, e); after != before {
		t.Errorf("took %d commits", after-before)
	}
}

func TestCancelledInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := fresh(t, Options{NoSync: true})
		defer e.Close()
		ctx, cancel := context.WithCancel(t.Context())
		gone := false
		errs := queue(t, e, func() {
			cancel()
			synctest.Wait()
			if !gone {
				t.Error("goes on waiting")
			}
		}, func() error {
			defer func() { gone = true }()
			return e.Update(ctx, func(kvdb.KV) error { t.Error("ran"); return nil })
		})
		if want := []error{nil, context.Canceled}; !slices.Equal(errs, want) {
			t.Errorf("callers got %v, want %v", errs, want)
		}
	})
}

func TestCancelledAfterDeciding(t *testing.T) {
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	ctx, cancel := context.WithCancel(t.Context())
	if err := e.Update(ctx, func(kv kvdb.KV) error { kv.Put("a/1", nil); cancel(); return nil }); err != nil {
		t.Error(err)
	}
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		if _, found := kv.Get("a/1"); !found {
			t.Error("not written")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestClosedInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := fresh(t, Options{NoSync: true})
		var wg sync.WaitGroup
		errs := queue(t, e, func() { wg.Go(func() { e.Close() }); synctest.Wait() }, func() error {
			return e.Update(t.Context(), func(kvdb.KV) error { t.Error("ran"); return nil })
		})
		wg.Wait()
		if want := []error{nil, kvdb.ErrClosed}; !slices.Equal(errs, want) {
			t.Errorf("callers got %v, want %v", errs, want)
		}
	})
}

// TestFailedCommit checks a commit to a failing disk, which it imitates by closing the file that bbolt uses.
func TestFailedCommit(t *testing.T) {
	t.Run("stops the engine", func(t *testing.T) {
		for name, call := range map[string]func(*Engine) error{
			"update": func(e *Engine) error { return putOne(t, e) },
			"view":   func(e *Engine) error { return e.View(t.Context(), func(kvdb.KV) error { return nil }) },
			"load":   func(e *Engine) error { return e.Load(t.Context(), entries(0)) },
		} {
			e, file := onFile(t)
			file.Close()
			for range 2 {
				putOne(t, e)
				if err := call(e); !errors.Is(err, kvdb.ErrStopped) {
					t.Errorf("%s: got error %v, want %v", name, err, kvdb.ErrStopped)
				}
			}
			e.Close()
			if cause := context.Cause(e.LifetimeContext()); !errors.Is(cause, kvdb.ErrStopped) || !errors.Is(cause, os.ErrClosed) {
				t.Errorf("%s: its life is over by %v, want %v and its cause", name, cause, kvdb.ErrStopped)
			}
		}
	})
	t.Run("is told to all who shared it", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			e, file := onFile(t)
			defer e.Close()
			put := func() error { return putOne(t, e) }
			errs := queue(t, e, func() { file.Close() }, put, put)
			for _, err := range errs {
				if !errors.Is(err, os.ErrClosed) || errors.Is(err, kvdb.ErrOutcomeUnknown) {
					t.Errorf("got error %v, want the cause", err)
				}
			}
		})
	})
	t.Run("may be for want of a transaction", func(t *testing.T) {
		e, _ := onFile(t)
		defer e.Close()
		e.writer.current.db.Close()
		if err := putOne(t, e); !errors.Is(err, kvdb.ErrStopped) {
			t.Errorf("got error %v, want %v", err, kvdb.ErrStopped)
		}
	})
}

func putOne(t *testing.T, e *Engine) error {
	return e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/1", nil); return nil })
}

// onFile makes an engine, and returns it with the file to which it writes.
func onFile(t *testing.T) (*Engine, *os.File) {
	t.Helper()
	e := fresh(t, Options{})
	return e, e.writer.current.osFile
}
