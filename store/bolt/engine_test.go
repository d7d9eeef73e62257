package bolt

import (
	"path/filepath"
	"testing"

	"loket/store"
	"loket/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Engine { return fresh(t, Options{NoSync: true}) })
}

func TestKilled(t *testing.T) {
	storetest.Durable(t, func(t *testing.T) string {
		path := filepath.Join(t.TempDir(), "db")
		e, err := Create(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		return path
	}, func(t *testing.T, path string) store.Engine {
		e, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return e
	})
}

// fresh makes an empty database, which the test has to close.
func fresh(tb testing.TB, o Options) *Engine {
	tb.Helper()
	e, err := Create(filepath.Join(tb.TempDir(), "db"), o)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}
