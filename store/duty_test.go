package store_test

import (
	"testing"
	"time"

	"loket/store"
	"loket/store/fixture"
)

// TestDuty: one at a time has a duty, until they lay it down or do not take it again
// in time.
func TestDuty(t *testing.T) {
	s := newLedger(t)
	take := func(after time.Duration, holder string, want bool) {
		t.Helper()
		s.now = fixture.Noon.Add(after)
		fixture.Update(t, s.Store, func(tx *store.Tx) {
			theirs, until := tx.Take(store.Sequencing, holder, 10*time.Second)
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
	fixture.Update(t, s.Store, func(tx *store.Tx) { tx.Lay(store.Sequencing, "one") })
	take(20*time.Second, "one", false)
	fixture.Update(t, s.Store, func(tx *store.Tx) { tx.Lay(store.Sequencing, "other") })
	take(20*time.Second, "one", true)
	fixture.Update(t, s.Store, func(tx *store.Tx) {
		if theirs, _ := tx.Take(store.Tidying, "other", time.Second); !theirs {
			t.Error("two duties are taken for one")
		}
	})
}
