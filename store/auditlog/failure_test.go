package auditlog_test

import (
	"testing"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/fixture"
)

// TestEngineFails: each failure of the engine is returned.
func TestEngineFails(t *testing.T) {
	for name, do := range map[string]func(*store.Store) error{
		"fold": func(s *store.Store) error { _, err := auditlog.FoldQueued(t.Context(), s); return err },
		"forget": func(s *store.Store) error {
			_, err := auditlog.ForgetCustomers(t.Context(), s, fixture.CustomerBerg.ID)
			return err
		},
		"forget before": func(s *store.Store) error {
			_, err := auditlog.ForgetEntriesBefore(t.Context(), s, fixture.MondayNoon.AddDate(1, 0, 0))
			return err
		},
		"checkpoint": func(s *store.Store) error { _, _, err := auditlog.NewestCheckpoint(t.Context(), s); return err },
		"verify":     func(s *store.Store) error { _, err := auditlog.Verify(t.Context(), s, s.Verifier(), nil); return err },
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewFilledStore(t)
			fixture.FailEachCall(t, s, func(over *store.Store) error {
				fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Customer: fixture.CustomerBerg.ID}) })
				return do(over)
			})
		})
	}
}
