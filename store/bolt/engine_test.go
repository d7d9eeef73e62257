package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"loket/store/kvdb"
	"loket/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.RunAllRules(t, func(t *testing.T) kvdb.Engine { return fresh(t, Options{NoSync: true}) })
}

func TestKilled(t *testing.T) { storetest.CheckDurability(t, place, openAt) }

func TestKilledWhileReplacing(t *testing.T) {
	storetest.CheckReplaceKilled(t, place, func(t *testing.T, path string) kvdb.Engine {
		e := openAt(t, path)
		if _, err := os.Stat(replacementPath(path)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("left a file beside the database: %v", err)
		}
		return e
	})
}

// place makes an empty database, and returns its path.
func place(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "db")
	e, err := Create(path, Options{})
	must(t, err)
	must(t, e.Close())
	return path
}

func openAt(t *testing.T, path string) kvdb.Engine {
	e, err := Open(path, Options{})
	must(t, err)
	return e
}

// fresh makes an empty database, which the test must close.
func fresh(tb testing.TB, o Options) *Engine {
	tb.Helper()
	e, err := Create(filepath.Join(tb.TempDir(), "db"), o)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}
