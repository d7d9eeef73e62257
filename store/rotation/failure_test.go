package rotation_test

import (
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/store/rotation"
)

// TestEngineFails: whatever the engine fails at is told, and the next rotation completes
// what that one left.
func TestEngineFails(t *testing.T) {
	s := fixture.Keep(t, nil)
	fixture.PutMany(t, s, 300)
	for name, do := range map[string]func(*store.Store) error{
		"keys":   func(s *store.Store) error { _, err := rotation.Keys(t.Context(), s); return err },
		"run":    func(s *store.Store) error { _, err := rotation.Run(t.Context(), s, fixture.Silently); return err },
		"forget": func(s *store.Store) error { _, err := rotation.Forget(t.Context(), s); return err },
	} {
		t.Run(name, func(t *testing.T) { fixture.EachFailure(t, s, do) })
	}
	rotate(t, s.Store)
	if _, err := rotation.Forget(t.Context(), s.Store); err != nil {
		t.Error(err)
	}
	fixture.Sound(t, s.Store)
}
