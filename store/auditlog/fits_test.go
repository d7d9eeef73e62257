package auditlog_test

import (
	"fmt"
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/checkpoint"
	"loket/store/fixture"
)

// TestFits: each checkpoint of a log fits it, and none of another log or with more
// entries does.
func TestFits(t *testing.T) {
	s, other := fixture.NewStore(t, nil), fixture.NewStore(t, nil)
	var all []checkpoint.Checkpoint
	for n := range 40 {
		for whose, s := range []fixture.TestStore{s, other} {
			for m := range n + 1 {
				fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Step: fmt.Sprint(whose, n, m)}) })
			}
			if _, err := auditlog.FoldQueued(t.Context(), s.Store); err != nil {
				t.Fatal(err)
			}
		}
		newest, _, err := auditlog.NewestCheckpoint(t.Context(), s.Store)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, newest)
	}
	longest := all[len(all)-1]
	for want, others := range map[bool]fixture.TestStore{true: s, false: other} {
		fixture.MustView(t, others.Store, func(tx *store.Tx) {
			for _, c := range all {
				if fits, err := auditlog.FitsCheckpoint(tx, c); err != nil || fits != want {
					t.Errorf("of %d entries: %t, %v, want %t", c.Size, fits, err, want)
				}
			}
			later := longest
			later.Size++
			if fits, err := auditlog.FitsCheckpoint(tx, later); err != nil || fits {
				t.Errorf("of one more: %t, %v", fits, err)
			}
			if fits, err := auditlog.FitsCheckpoint(tx, checkpoint.Checkpoint{}); err != nil || fits {
				t.Errorf("of another root over nothing: %t, %v", fits, err)
			}
		})
	}
}
