package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"loket/store/kvdb"
)

var closeRules = []engineRule{
	{"makes every later call fail", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		mustClose(t, e)
		for name, run := range transactionFuncs(e) {
			if err := run(t.Context(), func(kvdb.KV) error { t.Errorf("%s: ran", name); return nil }); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if err := e.Load(t.Context(), numberedKeys("a/", 1)); err == nil {
			t.Error("load: no error")
		}
		if err := e.Replace(t.Context(), func(putFunc) error { return nil }); err == nil {
			t.Error("replace: no error")
		}
		if err := e.Check(t.Context(), func(error) {}); err == nil {
			t.Error("check: no error")
		}
		if err := e.Scrub(t.Context()); err == nil {
			t.Error("scrub: no error")
		}
	}},
	{"ends the engine's life, and nothing does that may pass", func(t *testing.T, e kvdb.Engine) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		failed := errors.New("failed")
		putKeys(t, e, "a/1")
		replaceAll(t, e, "a/1=new")
		for name, run := range transactionFuncs(e) {
			if err := run(ctx, func(kvdb.KV) error { return nil }); err == nil {
				t.Errorf("%s: no error", name)
			}
			if err := run(t.Context(), func(kvdb.KV) error { return failed }); !errors.Is(err, failed) {
				t.Errorf("%s: error %v", name, err)
			}
		}
		if err := e.Replace(t.Context(), func(putFunc) error { return failed }); !errors.Is(err, failed) {
			t.Errorf("replace: error %v", err)
		}
		if cause := context.Cause(e.LifetimeContext()); cause != nil {
			t.Errorf("it is over by %v", cause)
		}
		mustClose(t, e)
		if cause := context.Cause(e.LifetimeContext()); !errors.Is(cause, kvdb.ErrClosed) || errors.Is(cause, kvdb.ErrStopped) {
			t.Errorf("closed, it is over by %v", cause)
		}
	}},
	{"may be asked for twice", func(t *testing.T, e kvdb.Engine) {
		mustClose(t, e)
		mustClose(t, e)
	}},
	{"leaves no caller waiting", func(t *testing.T, e kvdb.Engine) {
		var callers sync.WaitGroup
		running := make(chan bool, 1)
		for n := range 16 {
			callers.Go(func() {
				for {
					if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(nthKey("a/", n), nil); return nil }); err != nil {
						return
					}
					select {
					case running <- true:
					default:
					}
				}
			})
		}
		<-running
		mustClose(t, e)
		callers.Wait()
	}},
}
