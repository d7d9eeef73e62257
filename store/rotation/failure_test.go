package rotation_test

import (
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/store/rotation"
)

// TestEngineFails checks that each failure of the engine is returned, and that the next rotation completes an interrupted one.
func TestEngineFails(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 300)
	for name, do := range map[string]func(*store.Store) error{
		"keys": func(s *store.Store) error { _, err := rotation.ListSealingKeys(t.Context(), s); return err },
		"run": func(s *store.Store) error {
			_, err := rotation.Rotate(t.Context(), s, fixture.IgnoreProgress)
			return err
		},
		"forget": func(s *store.Store) error { _, err := rotation.DropOldKeys(t.Context(), s); return err },
	} {
		t.Run(name, func(t *testing.T) { fixture.FailEachCall(t, s, do) })
	}
	rotate(t, s.Store)
	if _, err := rotation.DropOldKeys(t.Context(), s.Store); err != nil {
		t.Error(err)
	}
	fixture.RequireNoProblems(t, s.Store)
}

// TestProgress checks that progress reports the right number of records, and all of them at the end.
func TestProgress(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 300)
	last, want := 0, len(fixture.ListEntries(t, s.Engine))-1 // All entries are sealed except the schema version.
	r, err := rotation.Rotate(t.Context(), s.Store, func(done, all int) {
		if done <= last || all != want {
			t.Errorf("%d of %d, after %d", done, all, last)
		}
		last = done
	})
	if err != nil || last != want || r.RecordsSealed != want {
		t.Errorf("%+v, %d of %d, %v", r, last, want, err)
	}
}
