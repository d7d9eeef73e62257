package maintenance

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/store"
	"loket/store/kvdb"
)

// TestRun: retention runs shortly after the start, then daily; after a failure sooner.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.accept(t)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { o.Run(ctx); close(done) }()
		runs := func(want string) {
			t.Helper()
			synctest.Wait()
			var got []string
			for line := range strings.Lines(o.log.take()) {
				for _, what := range []string{"retention done", "retention did not succeed"} {
					if strings.Contains(line, what) {
						got = append(got, line[len("time="):len("time=2000-01-01T00:00")]+" "+what)
					}
				}
			}
			if strings.Join(got, "; ") != want {
				t.Fatalf("the log tells of\n%s\nwant\n%s", strings.Join(got, "; "), want)
			}
		}
		time.Sleep(firstRemovalDelay - time.Second)
		runs("")
		time.Sleep(2 * time.Second)
		runs("2000-01-01T00:01 retention done")
		time.Sleep(removalInterval - 2*time.Second)
		runs("")
		o.engine.broken.Store(true)
		time.Sleep(2 * time.Second)
		runs("2000-01-02T00:01 retention did not succeed")
		time.Sleep(removalRetryDelay)
		runs("2000-01-02T01:01 retention did not succeed")
		o.engine.broken.Store(false)
		time.Sleep(removalRetryDelay)
		runs("2000-01-02T02:01 retention done")
		time.Sleep(removalInterval)
		runs("2000-01-03T02:01 retention done")
		stop()
		<-done
	})
}

// TestSeveralRunners: two concurrent runs remove everything once.
func TestSeveralRunners(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }))
		for i := range 50 {
			o.update(t, func(tx *store.Tx) {
				tx.PutAttempts(fmt.Sprint("password of ", i), store.Attempts{Wrong: 1, Last: tx.Now})
			})
		}
		o.later(t, 400*day)
		failed := make(chan error, 2)
		for range 2 {
			go func() { _, err := o.RemoveExpired(t.Context()); failed <- err }()
		}
		for range 2 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if f := o.due(t); f != (RemovalCounts{}) {
			t.Errorf("still due: %+v", f)
		}
	})
}

// TestTroubleWithOneKind: a failure with one kind of record does not stop the others.
func TestTroubleWithOneKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{Wrong: 1, Last: tx.Now}) })
		o.later(t, 31*day)
		if err := o.engine.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("outbox/0damaged", []byte("x")); return nil }); err != nil {
			t.Fatal(err)
		}
		f, err := o.RemoveExpired(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), "look after messages: ") || f.Attempts != 1 {
			t.Errorf("removed %+v, %v", f, err)
		}
	})
}
