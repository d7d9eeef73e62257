package store_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// TestMigrationFails: a store that could not be migrated is not opened, and is unchanged.
func TestMigrationFails(t *testing.T) {
	f := fixture.WriteVersion(t, 1)
	engine, keys := f.OpenEngineAndKeys(t)
	defer engine.Close()
	before := fixture.ListEntries(t, engine)
	if _, err := store.Migrate(t.Context(), loadless{engine}, keys, fixture.NoonClock, fixture.SkipCopy); !errors.Is(err, errLoadless) || !strings.Contains(err.Error(), "migrate from schema version 1") {
		t.Errorf("opened: %v", err)
	}
	after := fixture.ListEntries(t, engine)
	delete(after, "meta/migrating")
	fixture.RequireEqual(t, after, before)
}

// TestLookingMigratesNothing: only Migrate opens a store of an earlier schema, and first
// gets it unchanged. If first fails, nothing is written.
func TestLookingMigratesNothing(t *testing.T) {
	for version := 1; version < store.Version; version++ {
		f := fixture.WriteVersion(t, version)
		before := bytesOf(t, f)
		engine, err := bolt.Open(f.DB, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := keyring.ReadKeyFile(f.Keys)
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Open(t.Context(), engine, keys, fixture.NoonClock)
		if old, is := errors.AsType[store.OldSchema](err); !is || int(old) != version {
			t.Errorf("opened one of schema %d: %v", version, err)
		}
		full := errors.New("no room for a copy")
		_, err = store.Migrate(t.Context(), engine, keys, fixture.NoonClock, func(s *store.Store, m store.Migration) error {
			fixture.RequireEqual(t, m, store.Migration{From: version, OldKeys: keys.HasOldFormat()})
			if bytesOf(t, f) != before {
				t.Error("something was written before the copy")
			}
			return full
		})
		if !errors.Is(err, full) {
			t.Errorf("migrated without a copy: %v", err)
		}
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
		if bytesOf(t, f) != before {
			t.Errorf("of schema %d something was written", version)
		}
	}
}

// bytesOf returns the contents of the files of a store.
func bytesOf(t *testing.T, f fixture.Files) (all [2]string) {
	t.Helper()
	for i, path := range []string{f.DB, f.Keys} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = string(text)
	}
	return all
}

// TestOldKeys: only Migrate renews a key file of an earlier version, beside a store of
// this schema, and calls first before that.
func TestOldKeys(t *testing.T) {
	f, old := fixture.WriteVersion(t, 1), fixture.WriteVersion(t, 1)
	fixture.Migrate(t, f).Close()
	text, err := os.ReadFile(old.Keys)
	if err == nil {
		err = os.WriteFile(f.Keys, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	open := func(open func(context.Context, kvdb.Engine, *keyring.Keys, func() time.Time) (*store.Store, error)) error {
		engine, keys := f.OpenEngineAndKeys(t)
		defer engine.Close()
		_, err = open(t.Context(), engine, keys, fixture.NoonClock)
		return err
	}
	if err := open(store.Open); !errors.Is(err, store.ErrOldKeys) {
		t.Errorf("opened: %v", err)
	}
	called := 0
	if err := open(func(ctx context.Context, e kvdb.Engine, k *keyring.Keys, now func() time.Time) (*store.Store, error) {
		return store.Migrate(ctx, e, k, now, func(_ *store.Store, m store.Migration) error {
			called++
			fixture.RequireEqual(t, m, store.Migration{From: store.Version, OldKeys: true})
			return nil
		})
	}); err != nil || called != 1 {
		t.Errorf("called %d times: %v", called, err)
	}
	if err := open(store.Open); err != nil {
		t.Error(err)
	}
}

// loadless is an engine whose Load fails.
type loadless struct{ kvdb.Engine }

var errLoadless = errors.New("no room")

func (loadless) Load(context.Context, iter.Seq2[string, []byte]) error { return errLoadless }
