package backup_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/backup"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// strictEngine checks that its callers respect the contract of Replace.
type strictEngine struct {
	kvdb.Engine
	t *testing.T
}

func (e strictEngine) Replace(ctx context.Context, fill func(func(string, []byte) error) error) error {
	over, last := map[string]bool{}, ""
	return e.Engine.Replace(ctx, func(put func(string, []byte) error) error {
		return fill(func(key string, value []byte) error {
			table, _, _ := strings.Cut(key, "/")
			before, _, _ := strings.Cut(last, "/")
			switch {
			case table == before && key <= last:
				e.t.Errorf("%q comes after %q", key, last)
			case table != before && over[table]:
				e.t.Errorf("table %q comes again after %q", table, before)
			}
			over[before], last = true, key
			return put(key, value)
		})
	})
}

// TestRestoreIsInOrder: entries are restored in order, wherever its own audit entry
// belongs.
func TestRestoreIsInOrder(t *testing.T) {
	s, text := whole(t)
	for _, entry := range []string{"first", "second"} {
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Flow: entry}) })
	}
	var more bytes.Buffer
	if _, err := backup.Write(t.Context(), s.Store, &more); err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{text, more.Bytes()} {
		for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
			engine := fixture.NewEmptyEngine(t)
			now := func() time.Time { return fixture.MondayNoon.Add(shift) }
			if _, err := backup.RestoreToEngine(t.Context(), strictEngine{engine, t}, s.Keys, now, bytes.NewReader(text), asIs); err != nil {
				t.Fatal(err)
			}
			fixture.RequireNoProblems(t, fixture.OpenStore(t, engine, s.Keys))
		}
	}
}

// TestTooLarge: entries that could not be read back are not written, and the largest that
// can be are.
func TestTooLarge(t *testing.T) {
	s := fixture.NewStore(t, nil)
	for name, test := range map[string]struct {
		key, value int
		fits       bool
	}{
		"a long key": {1 << 15, 1, true}, "a longer one": {1<<15 + 1, 1, false},
		"a large value": {10, 64 << 20, true}, "a larger one": {10, 64<<20 + 1, false},
	} {
		key := "tries/" + strings.Repeat("k", test.key-len("tries/"))
		err := backup.BackupOf(io.Discard, s.Keys, store.Version, map[string]string{key: strings.Repeat("v", test.value)})
		if (err == nil) != test.fits {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestUnreadableMessage: a message that cannot be opened may be a waiting one, and is not
// sent again unnoticed.
func TestUnreadableMessage(t *testing.T) {
	s, _ := whole(t)
	entries := fixture.ListEntries(t, s.Engine)
	for key := range entries {
		if strings.HasPrefix(key, "outbox/") {
			entries[key] = string(fixture.SealRecord(s.Keys, key, "nonsense"))
		}
	}
	var text bytes.Buffer
	if err := backup.BackupOf(&text, s.Keys, store.Version, entries); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), s.Store, &text, backup.RestoreOptions{}); err == nil || !strings.Contains(err.Error(), "decode a record of outbox") {
		t.Errorf("restored: %v", err)
	}
}

// TestSealOfAnotherBackup: the seal of a backup does not fit another backup with the same
// keys.
func TestSealOfAnotherBackup(t *testing.T) {
	s, first := whole(t)
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.PutAttempts("more", store.Attempts{Wrong: 1}) })
	second := written(t, s.Store)
	const seal = 4 + 5 + 24 + 32 + 8 + 16 // its length, key, nonce, sum, count and tag
	mixed := append(bytes.Clone(first[:len(first)-seal]), second[len(second)-seal:]...)
	refused(t, s, bytes.NewReader(mixed), backup.ErrDamaged)
	if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(append(bytes.Clone(first[:len(first)-seal]), first[len(first)-seal:]...)), asIs); err != nil {
		t.Errorf("put together as it was: %v", err)
	}
}
