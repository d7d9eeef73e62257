package backup_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/backup"
	"loket/store/fixture"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// flip changes a bit of a sealed value.
func flip(t *testing.T, e kvdb.Engine, key string, at int) {
	t.Helper()
	if err := e.Update(t.Context(), func(kv kvdb.KV) error {
		value, _ := kv.Get(key)
		value[at%len(value)] ^= 1 << (at % 8)
		kv.Put(key, value)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func nameOf(key string) string {
	table, record := store.RecordName(key)
	return table + " " + record
}

// left restores everything in a backup except damaged records.
var left = backup.RestoreOptions{SendWaiting: true, LeaveDamaged: true}

// TestDamagedRecords: a backup names a damaged record, and so does a restore, which can
// leave out that record alone and records that in the audit log.
func TestDamagedRecords(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 3 {
		s := fixture.NewFilledStore(t)
		want := fixture.ListEntries(t, s.Engine)
		for key := range want {
			if key == store.SchemaKey {
				continue
			}
			flip(t, s.Engine, key, random.IntN(1000))
			var text bytes.Buffer
			entries, err := backup.Write(t.Context(), s.Store, &text)
			damage, is := errors.AsType[*backup.Damage](err)
			if !is || damage.Count != 1 || damage.Records[0] != nameOf(key) || !strings.HasSuffix(err.Error(), ": "+nameOf(key)) || entries != len(want) {
				t.Fatalf("backup without %s: %v", nameOf(key), err)
			}
			into := fixture.NewStore(t, s.Keys)
			before := fixture.ListEntries(t, into.Engine)
			_, err = backup.Restore(t.Context(), into.Store, bytes.NewReader(text.Bytes()), asIs)
			if damage, is := errors.AsType[*backup.Damage](err); !is || !errors.Is(err, backup.ErrDamaged) || damage.Records[0] != nameOf(key) {
				t.Errorf("it is restored: %v", err)
			}
			if diff := cmp.Diff(before, fixture.ListEntries(t, into.Engine)); diff != "" {
				t.Error("it changed something all the same")
			}
			restored, err := backup.Restore(t.Context(), into.Store, bytes.NewReader(text.Bytes()), left)
			if err != nil || restored.LeftOut.Count != 1 || restored.LeftOut.Records[0] != nameOf(key) {
				t.Errorf("without it: %+v, %v", restored, err)
			}
			comesBackBut(t, into, want, key)
			if said := outcomes(t, into.Store); !slices.Contains(said, "left out what is damaged: a record cannot be unsealed: "+nameOf(key)) {
				t.Errorf("the audit log says %q", said)
			}
			if err := s.Engine.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key, []byte(want[key])); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := backup.Write(t.Context(), s.Store, &bytes.Buffer{}); err != nil {
			t.Fatalf("mended, it has %v", err)
		}
	}
}

// outcomes returns the outcomes of queued audit entries.
func outcomes(t *testing.T, s *store.Store) (said []string) {
	t.Helper()
	fixture.MustView(t, s, func(tx *store.Tx) {
		for e := range sealedkv.Scan[store.AuditEntry](tx.SealedTx(), store.QueueTable) {
			said = append(said, e.Outcome)
		}
	})
	return said
}

// comesBackBut checks that a store has all entries of want except that of a key, apart
// from the audit entries about restoring. The seal of the store is made anew.
func comesBackBut(t *testing.T, s fixture.TestStore, want map[string]string, but string) {
	t.Helper()
	got := fixture.ListEntries(t, s.Engine)
	maps.DeleteFunc(got, func(key, _ string) bool {
		_, was := want[key]
		return !was && (strings.HasPrefix(key, "audit/") || strings.HasPrefix(key, "activity/"))
	})
	want = maps.Clone(want)
	delete(want, but)
	if but == store.SealMarkKey {
		delete(got, but)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("without %s, want -, got +:\n%s", nameOf(but), diff)
	}
}

// TestFlippedBackups: a backup with one flipped bit restores everything except one
// record, or changes nothing, and nothing is misread.
func TestFlippedBackups(t *testing.T) {
	s, text := whole(t)
	want := fixture.ListEntries(t, s.Engine)
	random := rand.New(rand.NewPCG(5, 6))
	back := 0
	for range 200 {
		flipped := bytes.Clone(text)
		flipped[random.IntN(len(text))] ^= 1 << random.IntN(8)
		into := fixture.NewStore(t, s.Keys)
		before := fixture.ListEntries(t, into.Engine)
		restored, err := backup.Restore(t.Context(), into.Store, bytes.NewReader(flipped), left)
		got := fixture.ListEntries(t, into.Engine)
		if err != nil {
			if diff := cmp.Diff(before, got); diff != "" {
				t.Errorf("%v, and it changed something:\n%s", err, diff)
			}
			continue
		}
		back++
		missing := 0
		for key, value := range want {
			switch there, is := got[key]; {
			case key == store.SealMarkKey:
			case !is:
				missing++
			case there != value:
				t.Errorf("%s is something else", nameOf(key))
			}
		}
		if missing != restored.LeftOut.Count && !(missing == 0 && restored.LeftOut.Count == 1) || missing > 1 { // the seal itself
			t.Errorf("%d records are missing, of %d that were left out", missing, restored.LeftOut.Count)
		}
	}
	if back < 150 {
		t.Errorf("%d of 200 came back", back)
	}
}

// TestManyDamaged: of many damaged records the first are named.
func TestManyDamaged(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 50)
	n := 0
	for key := range fixture.ListEntries(t, s.Engine) {
		if kvdb.TableFromKey(key) != store.MetaTable && n < 30 {
			flip(t, s.Engine, key, 100)
			n++
		}
	}
	_, err := backup.Write(t.Context(), s.Store, &bytes.Buffer{})
	if err == nil || !strings.HasPrefix(err.Error(), fmt.Sprint(n, " records cannot be unsealed: ")) || !strings.HasSuffix(err.Error(), fmt.Sprintf(" and %d more", n-20)) {
		t.Errorf("of %d it says %v", n, err)
	}
}

// TestCopyOfDamage: a store with a damaged record is not copied, also at the second
// attempt, and the target cannot be opened.
func TestCopyOfDamage(t *testing.T) {
	s, to := fixture.NewFilledStore(t), fixture.NewEmptyEngine(t)
	var key string
	for key = range fixture.ListEntries(t, s.Engine) {
		if kvdb.TableFromKey(key) == store.CustomerTable {
			break
		}
	}
	flip(t, s.Engine, key, 40)
	for range 2 {
		_, err := backup.Copy(t.Context(), s.Store, to, func(backup.CopyRound, int) {})
		if damage, is := errors.AsType[*backup.Damage](err); !is || damage.Records[0] != nameOf(key) {
			t.Errorf("copied: %v", err)
		}
		if _, err := store.Open(t.Context(), to, s.Keys, fixture.NoonClock); !errors.Is(err, store.ErrIncompleteCopy) {
			t.Errorf("it opens: %v", err)
		}
	}
}

// TestDamagedSeal: if the seal of the store is damaged, the error says so, and not that
// the keys are wrong.
func TestDamagedSeal(t *testing.T) {
	for at := range 60 {
		s := fixture.NewFilledStore(t)
		flip(t, s.Engine, store.SealMarkKey, at)
		if _, err := store.Open(t.Context(), s.Engine, s.Keys, fixture.NoonClock); !errors.Is(err, store.ErrDamagedSeal) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
}
