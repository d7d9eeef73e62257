package rotation_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loket/store"
	"loket/store/fixture"
	"loket/store/keyring"
)

// TestKeysOfAnotherProcess checks that a process with an open store reads values that another process sealed under a new key,
// and then seals under that key itself, even if the key file arrives later, from another machine.
func TestKeysOfAnotherProcess(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { fixture.PutAllRecords(tx); fixture.AddSavingsHolding(tx) })
	elsewhere := filepath.Join(t.TempDir(), "key")
	carry := func() {
		t.Helper()
		text, err := os.ReadFile(s.File)
		if err == nil {
			err = cmp.Or(os.WriteFile(elsewhere, text, 0o600), os.Chtimes(elsewhere, time.Unix(0, 0), time.Unix(0, 0)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	carry()
	keys, err := keyring.ReadKeyFile(elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	other := fixture.OpenStore(t, s.Engine, keys)
	r := rotate(t, s.Store)
	if all := fixture.FindProblems(t, other); len(all) == 0 {
		t.Error("it reads what is sealed under a key that it cannot have")
	}
	carry()
	fixture.RequireNoProblems(t, other)
	fixture.MustUpdate(t, other, func(tx *store.Tx) { tx.PutAttempts("new", store.Attempts{Wrong: 1}) })
	for _, key := range keysIn(t, other) {
		if (key.ID == r.Key) != (key.Records > 0) || key.Primary != (key.ID == r.Key) {
			t.Errorf("%+v", key)
		}
	}
	if again := rotate(t, other); !again.IsNewKey {
		t.Errorf("%+v", again)
	}
}
