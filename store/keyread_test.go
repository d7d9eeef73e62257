package store_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/store"
)

// TestKeysOfAnotherProcess: one that has the store open reads what another one seals
// under a key that it made, and seals under that itself from then on; also if the key
// file comes later, from another machine.
func TestKeysOfAnotherProcess(t *testing.T) {
	s := keep(t, nil)
	update(t, s.Store, func(tx *store.Tx) { fill(tx); hold(tx) })
	elsewhere := filepath.Join(t.TempDir(), "key")
	carry := func() {
		t.Helper()
		text, err := os.ReadFile(s.keys.Path())
		if err == nil {
			err = cmp.Or(os.WriteFile(elsewhere, text, 0o600), os.Chtimes(elsewhere, time.Unix(0, 0), time.Unix(0, 0)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	carry()
	keys, err := store.ReadKeys(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	other := over(t, s.engine, keys)
	r := rotate(t, s.Store)
	if all := problemsOf(t, other); len(all) == 0 {
		t.Error("it reads what is sealed under a key that it cannot have")
	}
	carry()
	sound(t, other)
	update(t, other, func(tx *store.Tx) { tx.PutTries("new", store.Tries{Wrong: 1}) })
	for _, key := range keysIn(t, other) {
		if (key.ID == r.Key) != (key.Records > 0) || key.Primary != (key.ID == r.Key) {
			t.Errorf("%+v", key)
		}
	}
	if again := rotate(t, other); !again.Made {
		t.Errorf("%+v", again)
	}
}
