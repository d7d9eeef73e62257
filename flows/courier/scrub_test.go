package courier

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"loket/flows/courier/couriertest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
)

// TestNothingIsLeftInTheFile searches the database file for the sealed record of a message, which an attacker with the keys
// could open.
func TestNothingIsLeftInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	o := newOfficeOver(t, engine)
	o.over(couriertest.NewServer(t))
	const count = 100 // With 100 messages, some are on database pages that are not reused.
	o.post(t, slices.Repeat([]store.Message{couriertest.ExampleMessage("temporary_password", store.ByEmail)}, count)...)
	var sealed [][]byte
	if err := engine.View(t.Context(), func(kv kvdb.KV) error {
		for _, value := range kv.Scan("outbox/") {
			sealed = append(sealed, value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	left := func() (n int) {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range sealed {
			if bytes.Contains(file, value) {
				n++
			}
		}
		return n
	}
	if left() != count {
		t.Fatal("the messages are not in the file, so that there is nothing to see here")
	}
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally.Sent != count {
		t.Fatalf("%+v, %v", tally, err)
	}
	if n := left(); n != 0 {
		t.Errorf("%d of %d messages are still in the file", n, count)
	}
}
