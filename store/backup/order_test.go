package backup_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/backup"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// strictEngine holds those who use it to what Replace asks for.
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

// TestRestoreIsInOrder wherever its own record comes among the others.
func TestRestoreIsInOrder(t *testing.T) {
	s, text := whole(t)
	for _, entry := range []string{"first", "second"} {
		fixture.Update(t, s.Store, func(tx *store.Tx) { tx.Record(store.AuditEntry{Flow: entry}) })
	}
	var more bytes.Buffer
	if _, err := backup.Write(t.Context(), s.Store, &more); err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{text, more.Bytes()} {
		for _, shift := range []time.Duration{-time.Hour, 0, time.Hour} {
			engine := fixture.EmptyEngine(t)
			now := func() time.Time { return fixture.Noon.Add(shift) }
			if _, err := backup.RestoreTo(t.Context(), strictEngine{engine, t}, s.Keys, now, bytes.NewReader(text), asIs); err != nil {
				t.Fatal(err)
			}
			fixture.Sound(t, fixture.Over(t, engine, s.Keys))
		}
	}
}
