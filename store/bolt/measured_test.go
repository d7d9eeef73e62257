package bolt

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loket/store/kvdb"
	"loket/store/storetest"
)

// TestMeasuredContract checks that a measured engine also fulfils the contract of engines.
func TestMeasuredContract(t *testing.T) {
	storetest.RunAllRules(t, func(t *testing.T) kvdb.Engine {
		return kvdb.MeasureEngine(fresh(t, Options{NoSync: true}), time.Now, func(kvdb.EngineOperation, time.Duration, error) {})
	})
}

// TestMeasured checks that each operation is reported once, with its error, unless the operation panicked.
func TestMeasured(t *testing.T) {
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	var told []string
	e := kvdb.MeasureEngine(fresh(t, Options{NoSync: true}), func() time.Time { return now }, func(o kvdb.EngineOperation, took time.Duration, err error) {
		told = append(told, fmt.Sprint(o, " ", took, " ", err))
	})
	defer e.Close()
	no := errors.New("no")
	slowly := func(d time.Duration, err error) func(kvdb.KV) error {
		return func(kvdb.KV) error { now = now.Add(d); return err }
	}
	nothing := iter.Seq2[string, []byte](func(func(string, []byte) bool) { now = now.Add(time.Hour) })
	ctx := context.Background()
	_ = e.View(ctx, slowly(time.Second, nil))
	_ = e.View(ctx, slowly(time.Minute, no))
	_ = e.Update(ctx, slowly(2*time.Second, nil))
	_ = e.Update(ctx, slowly(2*time.Minute, no))
	_ = e.Load(ctx, nothing)
	func() {
		defer func() { _ = recover() }()
		_ = e.Update(ctx, func(kvdb.KV) error { panic("no") })
	}()
	want := []string{"view 1s <nil>", "view 1m0s no", "update 2s <nil>", "update 2m0s no", "load 1h0m0s <nil>"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

// BenchmarkMeasured compares an Update on a measured and on a bare engine. On two shared processor cores the difference was
// not measurable.
func BenchmarkMeasured(b *testing.B) {
	for name, wrap := range map[string]func(kvdb.Engine) kvdb.Engine{
		"bare": func(e kvdb.Engine) kvdb.Engine { return e },
		"measured": func(e kvdb.Engine) kvdb.Engine {
			return kvdb.MeasureEngine(e, time.Now, func(kvdb.EngineOperation, time.Duration, error) {})
		},
	} {
		b.Run(name, func(b *testing.B) {
			bare, err := Create(filepath.Join(b.TempDir(), "db"), Options{NoSync: true})
			if err != nil {
				b.Fatal(err)
			}
			e := wrap(bare)
			defer e.Close()
			for b.Loop() {
				if err := e.Update(b.Context(), func(kv kvdb.KV) error { kv.Put("table/key", nil); return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
