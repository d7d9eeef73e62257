package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"loket/store/kvdb"
)

var closing = []rule{
	{"makes every later call fail", func(t *testing.T, e kvdb.Engine) {
		put(t, e, "a/1")
		shut(t, e)
		for name, run := range both(e) {
			if err := run(t.Context(), func(kvdb.KV) error { t.Errorf("%s: ran", name); return nil }); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if err := e.Load(t.Context(), sequence("a/", 1)); err == nil {
			t.Error("load: no error")
		}
		if err := e.Replace(t.Context(), func(putting) error { return nil }); err == nil {
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
		put(t, e, "a/1")
		replace(t, e, "a/1=new")
		for name, run := range both(e) {
			if err := run(ctx, func(kvdb.KV) error { return nil }); err == nil {
				t.Errorf("%s: no error", name)
			}
			if err := run(t.Context(), func(kvdb.KV) error { return failed }); !errors.Is(err, failed) {
				t.Errorf("%s: error %v", name, err)
			}
		}
		if err := e.Replace(t.Context(), func(putting) error { return failed }); !errors.Is(err, failed) {
			t.Errorf("replace: error %v", err)
		}
		if cause := context.Cause(e.Life()); cause != nil {
			t.Errorf("it is over by %v", cause)
		}
		shut(t, e)
		if cause := context.Cause(e.Life()); !errors.Is(cause, kvdb.ErrClosed) || errors.Is(cause, kvdb.ErrStopped) {
			t.Errorf("closed, it is over by %v", cause)
		}
	}},
	{"may be asked for twice", func(t *testing.T, e kvdb.Engine) {
		shut(t, e)
		shut(t, e)
	}},
	{"leaves no caller waiting", func(t *testing.T, e kvdb.Engine) {
		var callers sync.WaitGroup
		running := make(chan bool, 1)
		for n := range 16 {
			callers.Go(func() {
				for {
					if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key("a/", n), nil); return nil }); err != nil {
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
		shut(t, e)
		callers.Wait()
	}},
}
