package terminal

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/commandtest"
)

// TestResume checks that a paused terminal continues at once.
func TestResume(t *testing.T) {
	d := commandtest.DatabaseWithAccount(t)
	c := commandtest.New("")
	within := func(fn func(tx *store.Tx)) {
		t.Helper()
		if err := d.WithStore(t.Context(), &c.CommandSession, func(s *store.Store) error {
			return s.Update(t.Context(), func(tx *store.Tx) error { fn(tx); return nil })
		}); err != nil {
			t.Fatal(err)
		}
	}
	within(func(tx *store.Tx) {
		tx.PutRecentTimes("Utrecht 1", store.RecentTimes{Times: []time.Time{tx.Now}, PausedUntil: tx.Now.Add(time.Hour)})
	})
	for _, says := range []string{"Utrecht 1 goes on.\n", "Nothing is held against Utrecht 1.\n"} {
		c := commandtest.New("")
		r := &ResumeCommand{Database: d, Settings: desk.DefaultSettings(), Name: "Utrecht 1"}
		if err := r.Run(t.Context(), &c.CommandSession); err != nil || c.Stderr.String() != says {
			t.Errorf("%v, says %q, not %q", err, c.Stderr.String(), says)
		}
		within(func(tx *store.Tx) {
			if t2 := tx.RecentTimes("Utrecht 1", time.Hour); len(t2.Times) > 0 || tx.Now.Before(t2.PausedUntil) {
				t.Errorf("it has %+v", t2)
			}
		})
	}
}
