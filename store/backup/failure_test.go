package backup_test

import (
	"bytes"
	"io"
	"testing"

	"loket/store"
	"loket/store/backup"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// TestEngineFails: each failure of an engine is returned, and an incomplete copy is not a
// store.
func TestEngineFails(t *testing.T) {
	s, text := whole(t)
	silently := func(backup.CopyRound, int) {}
	for name, do := range map[string]func(*store.Store) error{
		"write": func(s *store.Store) error { _, err := backup.Write(t.Context(), s, io.Discard); return err },
		"restore": func(s *store.Store) error {
			_, err := backup.Restore(t.Context(), s, bytes.NewReader(text), asIs)
			return err
		},
		"copy from": func(s *store.Store) error {
			_, err := backup.Copy(t.Context(), s, fixture.NewEmptyEngine(t), silently)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { fixture.FailEachCall(t, s, do) })
	}
	t.Run("copy to", func(t *testing.T) {
		fixture.FailEachEngineCall(t, func(at func(kvdb.Engine) kvdb.Engine) error {
			to := fixture.NewEmptyEngine(t)
			_, err := backup.Copy(t.Context(), s.Store, at(to), silently)
			if _, opened := store.Open(t.Context(), to, s.Keys, fixture.NoonClock); err == nil && opened != nil {
				t.Errorf("a whole copy does not open: %v", opened)
			}
			return err
		})
	})
}
