package maintenance

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestCopiesBeforeMigration: a copy from before a migration is gone within 14 days, and
// nothing else is.
func TestCopiesBeforeMigration(t *testing.T) {
	o := newOffice(t)
	o.accept(t)
	dir := t.TempDir()
	old, young, other := filepath.Join(dir, "old"), filepath.Join(dir, "young"), filepath.Join(dir, "other")
	for path, age := range map[string]time.Duration{old: 13*24*time.Hour + time.Minute, young: 13*24*time.Hour - time.Minute, other: 1000 * time.Hour} {
		at := o.Clock.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	o.MigrationCopies = []string{old, young, filepath.Join(dir, "none")}
	if due := o.due(t); due.Copies != 1 {
		t.Errorf("due are %d", due.Copies)
	}
	if removed := o.forget(t); removed.Copies != 1 {
		t.Errorf("removed %d", removed.Copies)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || !slices.Equal(left, []string{other, young}) {
		t.Errorf("left are %q, %v", left, err)
	}
}
