package reindex_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"loket/store"
	"loket/store/fixture"
	"loket/store/lease"
	"loket/store/reindex"
)

// newClockedStore returns a store with records whose transactions have the time of the bubble.
func newClockedStore(t *testing.T) fixture.TestStore {
	s := fixture.NewFilledStore(t)
	clocked, err := store.Open(t.Context(), s.Engine, s.Keys, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	s.Store = clocked
	return s
}

// TestMendBesideLoad tests that nobody mends the indexes while a load runs, however long, and that this load mends what an earlier one
// left.
func TestMendBesideLoad(t *testing.T) {
	for name, guard := range map[string]func(context.Context, *store.Store, func(context.Context) error) error{
		"sole writer": reindex.Guard, "beside others": reindex.GuardConcurrent,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newClockedStore(t)
				if err := guard(t.Context(), s.Store, breakIndexes(t, s)); !errors.Is(err, errStopped) {
					t.Fatal(err)
				}
				before := len(fixture.FindProblems(t, s.Store))
				if err := guard(t.Context(), s.Store, func(ctx context.Context) error {
					time.Sleep(5 * time.Minute)
					if err := reindex.MendIfInterrupted(ctx, s.Store); err != nil || len(fixture.FindProblems(t, s.Store)) != before {
						t.Errorf("mended during a load: %v", err)
					}
					return ctx.Err()
				}); err != nil {
					t.Fatal(err)
				}
				fixture.RequireNoProblems(t, s.Store)
			})
		})
	}
}

// TestLoadsWait tests that loads beside others run one after the other, and that a load waits half a minute for one that was killed.
func TestLoadsWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newClockedStore(t)
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			lease.Acquire(tx, lease.Load, "killed", 30*time.Second, 30*time.Second)
		})
		began := time.Now()
		ends := make(chan time.Duration, 2)
		for range 2 {
			go func() {
				if err := reindex.GuardConcurrent(t.Context(), s.Store, func(context.Context) error {
					time.Sleep(time.Hour)
					ends <- time.Since(began).Truncate(time.Minute)
					return nil
				}); err != nil {
					t.Error(err)
				}
			}()
		}
		if first, second := <-ends, <-ends; first != time.Hour || second != 2*time.Hour {
			t.Errorf("the loads end after %v and %v", first, second)
		}
		synctest.Wait()
		waiting, stop := context.WithTimeout(t.Context(), 10*time.Second)
		defer stop()
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			lease.Acquire(tx, lease.Load, "another", 30*time.Second, 30*time.Second)
		})
		if err := reindex.GuardConcurrent(waiting, s.Store, func(context.Context) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the wait ends with %v", err)
		}
	})
}

// TestLeaseLost tests that a load ends if another process took its lease over.
func TestLeaseLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newClockedStore(t)
		err := reindex.GuardConcurrent(t.Context(), s.Store, func(ctx context.Context) error {
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {

				lease.Records.Put(tx, lease.Load.Key(), lease.Record{Holder: "another", Until: tx.Now.Add(time.Minute)})
			})
			<-ctx.Done()
			return ctx.Err()
		})
		if err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("the load ends with %v", err)
		}
	})
}

// TestWaitAndMend tests that the indexes are whole half a minute after a load was killed, and that nobody waits for longer than that
// while a load is alive.
func TestWaitAndMend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newClockedStore(t)
		if err := reindex.GuardConcurrent(t.Context(), s.Store, breakIndexes(t, s)); !errors.Is(err, errStopped) {
			t.Fatal(err)
		}
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			lease.Acquire(tx, lease.Load, "killed", 30*time.Second, 30*time.Second)
		})
		began := time.Now()
		if err := reindex.WaitAndMend(t.Context(), s.Store); err != nil || time.Since(began) > 31*time.Second {
			t.Fatalf("mended after %v: %v", time.Since(began), err)
		}
		fixture.RequireNoProblems(t, s.Store)
		if err := reindex.GuardConcurrent(t.Context(), s.Store, func(ctx context.Context) error {
			began = time.Now()
			if err := reindex.WaitAndMend(ctx, s.Store); err != nil || time.Since(began) < 30*time.Second || time.Since(began) > 32*time.Second {
				t.Errorf("waited for %v during a load: %v", time.Since(began), err)
			}
			return ctx.Err()
		}); err != nil {
			t.Fatal(err)
		}
	})
}
