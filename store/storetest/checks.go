package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"loket/store/kvdb"
)

var engineCheckRules = []engineRule{
	{"finds nothing wrong with a sound engine", func(t *testing.T, e kvdb.Engine) {
		requireUndamaged(t, e)
		putKeys(t, e, "a/1", "b/1")
		requireUndamaged(t, e)
		if err := e.Load(t.Context(), numberedKeys("c/", 20_000)); err != nil {
			t.Error(err)
		}
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/large", []byte(strings.Repeat("v", 50_000))) })
		requireUndamaged(t, e)
		replaceAll(t, e, "a/1=1")
		requireUndamaged(t, e)
	}},
	{"goes beside other transactions", func(t *testing.T, e kvdb.Engine) {
		done := make(chan bool)
		go func() {
			defer close(done)
			for n := range raceRounds {
				putKeys(t, e, nthKey("a/", n))
			}
		}()
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
			}
			requireUndamaged(t, e)
		}
	}},
	{"ends with its context", func(t *testing.T, e kvdb.Engine) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := e.Check(ctx, func(damage error) { t.Errorf("found %v", damage) }); !errors.Is(err, context.Canceled) {
			t.Errorf("got error %v, want %v", err, context.Canceled)
		}
	}},
}

// checkLimit is the time after which a call of Check is cancelled, in case it would never end.
const checkLimit = 20 * time.Second

// requireUndamaged fails the test if e.Check finds damage.
func requireUndamaged(t testing.TB, e kvdb.Engine) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), checkLimit)
	defer cancel()
	if err := e.Check(ctx, func(damage error) { t.Errorf("found %v", damage) }); err != nil {
		t.Errorf("check: %v", err)
	}
}
