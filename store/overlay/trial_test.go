package overlay_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"loket/store/bolt"
	"loket/store/kvdb"
	"loket/store/overlay"
	"loket/store/spill"
)

// TestTrial checks that every later transaction of a trial sees its earlier writes over the stored entries, and that the
// engine below does not change.
func TestTrial(t *testing.T) {
	real, err := bolt.Create(t.TempDir()+"/db", bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer real.Close()
	ctx := t.Context()
	puts := func(e kvdb.Engine, fails error, entries ...string) {
		t.Helper()
		if err := e.Update(ctx, func(kv kvdb.KV) error {
			kv.Delete("a/1")
			for _, key := range entries {
				kv.Put(key, []byte("put"))
			}
			return fails
		}); !errors.Is(err, fails) {
			t.Fatal(err)
		}
	}
	has := func(e kvdb.Engine, want ...string) {
		t.Helper()
		var keys []string
		if err := e.View(ctx, func(kv kvdb.KV) error {
			keys = nil
			for key := range kv.Scan("a/") {
				keys = append(keys, key)
				if _, found := kv.Get(key); !found {
					t.Errorf("%s is shown and not found", key)
				}
			}
			for range kv.ScanAfter("a/", "a/1") {
				break
			}
			return nil
		}); err != nil || !slices.Equal(keys, want) {
			t.Errorf("has %q, want %q; %v", keys, want, err)
		}
	}
	puts(real, nil, "a/2", "a/3")
	puts(real, nil, "a/1")
	trial := overlay.NewTrial(real, spill.Place{})
	puts(trial, nil, "a/4")
	has(trial, "a/2", "a/3", "a/4")
	failed := errors.New("failed")
	puts(trial, failed, "a/5")
	has(trial, "a/2", "a/3", "a/4")
	if err := trial.Load(ctx, maps.All(map[string][]byte{"a/3": nil, "a/6": []byte("loaded")})); err != nil {
		t.Error(err)
	}
	has(trial, "a/2", "a/4", "a/6")
	if err := trial.View(ctx, func(kv kvdb.KV) error { kv.Put("a/7", nil); return nil }); !errors.Is(err, kvdb.ErrReadOnly) {
		t.Errorf("write in a View: %v", err)
	}
	if err := trial.Update(ctx, func(kv kvdb.KV) error { kv.Put("a/", nil); return nil }); err == nil {
		t.Error("it takes what is no key")
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := trial.Load(stopped, maps.All(map[string][]byte{"a/8": nil})); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if err := trial.Replace(ctx, nil); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("replace: %v", err)
	}
	if err := errors.Join(trial.Scrub(ctx), trial.Close()); err != nil {
		t.Error(err)
	}
	has(real, "a/1", "a/2", "a/3")

	over := overlay.NewTrial(nil, spill.Place{})
	has(over)
	puts(over, nil, "a/1")
	has(over, "a/1")
}
