package backup_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"loket/store"
	"loket/store/backup"
	"loket/store/fixture"
)

// TestBackupIsOneSnapshot runs writers during backups and restores: two counts that
// always change together are equal in each backup, and nobody ever sees them differ.
func TestBackupIsOneSnapshot(t *testing.T) {
	s := fixture.NewStore(t, nil)
	both := func(tx *store.Tx) (a, b int) {
		return tx.WrongAttempts("a", time.Hour).Wrong, tx.WrongAttempts("b", time.Hour).Wrong
	}
	done := make(chan bool)
	var others sync.WaitGroup
	others.Go(func() {
		for running := true; running; {
			select {
			case <-done:
				running = false
			default:
			}
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				a, b := both(tx)
				if a != b {
					t.Errorf("%d and %d in an update", a, b)
				}
				tx.PutAttempts("a", store.Attempts{Wrong: a + 1})
				tx.PutAttempts("b", store.Attempts{Wrong: a + 1})
				tx.PutMessage(fixture.SecretMessage)
			})
			fixture.MustView(t, s.Store, func(tx *store.Tx) {
				if a, b := both(tx); a != b {
					t.Errorf("%d and %d in a view", a, b)
				}
			})
		}
	})
	for range 15 {
		text := written(t, s.Store)
		into := fixture.NewEmptyEngine(t)
		if _, err := backup.RestoreToEngine(t.Context(), into, fixture.RereadKeys(t, s), fixture.NoonClock, bytes.NewReader(text), backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		fixture.MustView(t, fixture.OpenStore(t, into, fixture.RereadKeys(t, s)), func(tx *store.Tx) {
			if a, b := both(tx); a != b {
				t.Errorf("%d and %d in a backup", a, b)
			}
		})
		if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	others.Wait()
	fixture.RequireNoProblems(t, s.Store)
}
