package kvdb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"loket/store/bolt"
	"loket/store/kvdb"
)

func TestKeys(t *testing.T) {
	for key, want := range map[string]struct {
		table, rest string
		split, sane bool
	}{
		"a/1":   {"a", "1", true, true},
		"a/1/2": {"a", "1/2", true, true},
		"a/":    {"a", "", true, false},
		"/1":    {"", "", false, false},
		"a":     {"", "", false, false},
		"":      {"", "", false, false},
	} {
		table, rest, err := kvdb.SplitKey(key)
		if table != want.table || rest != want.rest || (err == nil) != want.split {
			t.Errorf("split %q: got %q, %q, %v", key, table, rest, err)
		}
		if err := kvdb.CheckKey(key); (err == nil) != want.sane {
			t.Errorf("check %q: %v", key, err)
		}
	}
	for key, want := range map[string]string{"a/1/2": "a", "a": "a", "/1": ""} {
		if got := kvdb.TableFromKey(key); got != want {
			t.Errorf("table of %q: got %q, want %q", key, got, want)
		}
	}
}

func newEngine(t *testing.T) *bolt.Engine {
	t.Helper()
	e, err := bolt.Create(t.TempDir()+"/db", bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestChunks checks that the chunks of a table contain the whole table and nothing else, whatever the size of the last chunk,
// and that a loop over them can stop early.
func TestChunks(t *testing.T) {
	e := newEngine(t)
	for _, count := range []int{0, 1, 2, 3, 4, 6, 7} {
		if err := e.Update(t.Context(), func(kv kvdb.KV) error {
			kv.Put("b/1", nil)
			for n := range count {
				kv.Put(fmt.Sprint("a/", n), []byte{byte(n)})
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := e.View(t.Context(), func(kv kvdb.KV) error {
			var sizes []int
			var all []kvdb.Entry
			for chunk := range kvdb.EntryChunks(kv, "a", 3) {
				sizes, all = append(sizes, len(chunk)), append(all, chunk...)
			}
			for n, e := range all {
				if e.Key != fmt.Sprint("a/", n) || !slices.Equal(e.Value, []byte{byte(n)}) {
					t.Errorf("of %d the %dth is %q", count, n, e)
				}
			}
			whole := slices.Repeat([]int{3}, count/3)
			if rest := count % 3; rest > 0 {
				whole = append(whole, rest)
			}
			if !slices.Equal(sizes, whole) || len(all) != count {
				t.Errorf("%d of %d, in pieces of %v", len(all), count, sizes)
			}
			for range kvdb.EntryChunks(kv, "a", 3) {
				break
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMeasured checks that each operation is observed once, with its duration and error.
func TestMeasured(t *testing.T) {
	now := time.Unix(0, 0)
	clock := func() time.Time { now = now.Add(time.Second); return now }
	type seen struct {
		o    kvdb.EngineOperation
		took time.Duration
		err  error
	}
	var all []seen
	e := kvdb.MeasureEngine(newEngine(t), clock, func(o kvdb.EngineOperation, took time.Duration, err error) { all = append(all, seen{o, took, err}) })
	failed := errors.New("failed")
	ctx := context.Background()
	for _, err := range []error{nil, failed} {
		if got := e.View(ctx, func(kvdb.KV) error { return err }); got != err {
			t.Errorf("view: %v", got)
		}
		if got := e.Update(ctx, func(kv kvdb.KV) error { kv.Put("a/1", nil); return err }); got != err {
			t.Errorf("update: %v", got)
		}
	}
	if err := e.Load(ctx, func(yield func(string, []byte) bool) { yield("a/2", nil) }); err != nil {
		t.Error(err)
	}
	want := []seen{{kvdb.OperationView, time.Second, nil}, {kvdb.OperationUpdate, time.Second, nil}, {kvdb.OperationView, time.Second, failed}, {kvdb.OperationUpdate, time.Second, failed}, {kvdb.OperationLoad, time.Second, nil}}
	if !slices.Equal(all, want) {
		t.Errorf("observed %v", all)
	}
}
