package lease_test

import (
	"testing"
	"time"

	"loket/store"
	"loket/store/fixture"
	"loket/store/lease"
)

// clockedStore is a store whose clock a test sets.
type clockedStore struct {
	*store.Store
	now time.Time
}

func newClockedStore(t *testing.T) *clockedStore {
	t.Helper()
	stored := fixture.NewStore(t, nil)
	s := &clockedStore{now: fixture.MondayNoon}
	var err error
	if s.Store, err = store.Open(t.Context(), stored.Engine, stored.Keys, func() time.Time { return s.now }); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLease: one holder at a time has a lease, until it is released or not renewed in
// time.
func TestLease(t *testing.T) {
	s := newClockedStore(t)
	take := func(after time.Duration, holder string, want bool) {
		t.Helper()
		s.now = fixture.MondayNoon.Add(after)
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			theirs, until := lease.Acquire(tx, lease.Audit, holder, 10*time.Second, 10*time.Second)
			if theirs != want || theirs && !until.Equal(tx.Now.Add(10*time.Second)) || !until.After(tx.Now) {
				t.Errorf("after %v %s has it: %t until %v", after, holder, theirs, until)
			}
		})
	}
	take(0, "one", true)
	take(9*time.Second, "other", false)
	take(9*time.Second, "one", true)
	take(18*time.Second, "other", false)
	take(19*time.Second, "other", true)
	take(20*time.Second, "one", false)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { lease.Release(tx, lease.Audit, "one") })
	take(20*time.Second, "one", false)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { lease.Release(tx, lease.Audit, "other") })
	take(20*time.Second, "one", true)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		if theirs, _ := lease.Acquire(tx, lease.Retention, "other", time.Second, time.Hour); !theirs {
			t.Error("two leases are taken for one")
		}
	})
}

// TestLongestLease: a lease that ends later than any is acquired for is taken over.
func TestLongestLease(t *testing.T) {
	for lasts, taken := range map[time.Duration]bool{24*time.Hour + time.Minute: false, 24*time.Hour + time.Minute + time.Microsecond: true} {
		s := newClockedStore(t)
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			lease.Acquire(tx, lease.Retention, "one", lasts, lasts)
			if theirs, _ := lease.Acquire(tx, lease.Retention, "other", time.Hour, 24*time.Hour); theirs != taken {
				t.Errorf("one of %v is taken over: %t", lasts, theirs)
			}
		})
	}
}

// TestLeaseAfterClockAhead: a lease acquired by a clock that was ahead does not keep
// others out after the clock is corrected.
func TestLeaseAfterClockAhead(t *testing.T) {
	s := newClockedStore(t)
	for _, step := range []struct {
		after  time.Duration
		holder string
		theirs bool
	}{{800 * 24 * time.Hour, "one", true}, {0, "other", true}, {time.Hour, "one", false}} {
		s.now = fixture.MondayNoon.Add(step.after)
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			if theirs, until := lease.Acquire(tx, lease.Retention, step.holder, 24*time.Hour, 24*time.Hour); theirs != step.theirs || until.Sub(tx.Now) > 24*time.Hour {
				t.Errorf("after %v %s has it: %t until %v", step.after, step.holder, theirs, until)
			}
		})
	}
}
