package backup_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/backup"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// TestCopy: after a copy to another engine and back, everything is the same, byte for
// byte, for every engine.
func TestCopy(t *testing.T) {
	from := everything(t)
	want := fixture.ListEntries(t, from.Engine)
	tables := map[string]bool{}
	for key := range want {
		tables[strings.Split(key, "/")[0]] = true
	}
	for _, table := range store.Tables {
		if !tables[table] {
			t.Errorf("nothing in %s to copy", table)
		}
	}
	cluster := onCluster(t)
	there := outcomeCopied(t, from.Store, cluster)
	if diff := cmp.Diff(want, withoutNotes(t, want, cluster)); diff != "" {
		t.Errorf("on a cluster, want -, got +:\n%s", diff)
	}
	if there.Number != 2 || there.Records != len(want)-1 { // all except the schema version
		t.Errorf("of %d records: %+v", len(want), there)
	}
	on := fixture.OpenStore(t, cluster, from.Keys)
	fixture.RequireNoProblems(t, on)
	back := fixture.NewEmptyEngine(t)
	outcomeCopied(t, on, back)
	if diff := cmp.Diff(want, withoutNotes(t, want, back)); diff != "" {
		t.Errorf("and back, want -, got +:\n%s", diff)
	}
	fixture.RequireNoProblems(t, fixture.OpenStore(t, back, from.Keys))
}

// withoutNotes returns the entries of a copy, without the audit entries about copying.
func withoutNotes(t *testing.T, want map[string]string, e kvdb.Engine) map[string]string {
	t.Helper()
	got, notes := fixture.ListEntries(t, e), 0
	maps.DeleteFunc(got, func(key, _ string) bool {
		_, was := want[key]
		note := !was && (strings.HasPrefix(key, "audit/") || strings.HasPrefix(key, "activity/"))
		if note {
			notes++
		}
		return note
	})
	if notes == 0 || notes%2 != 0 {
		t.Errorf("the copy has %d notes", notes)
	}
	return got
}

// everything returns a store with records in every table.
func everything(t *testing.T) fixture.TestStore {
	t.Helper()
	s := fixture.NewFilledStore(t)
	entry := func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1"}) }
	for range 1024 / 32 { // until a checkpoint is stored
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			for range 32 {
				entry(tx)
			}
		})
	}
	if _, err := auditlog.FoldQueued(t.Context(), s.Store); err != nil {
		t.Fatal(err)
	}
	fixture.MustUpdate(t, s.Store, entry)
	return s
}

// onCluster returns an empty desk on a cluster of one member.
func onCluster(t *testing.T) *etcd.Engine {
	t.Helper()
	engine, err := etcd.Connect(t.Context(), etcdtest.ClusterURL(etcdtest.StartCluster(t, 1), "desk"), etcd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return engine
}

func outcomeCopied(t *testing.T, from *store.Store, to kvdb.Engine) backup.CopyRound {
	t.Helper()
	last, err := backup.Copy(t.Context(), from, to, func(backup.CopyRound, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// errCut is the error of an interrupted load.
var errCut = errors.New("cut off")

// cutEngine fails after a number of entries of a Load.
type cutEngine struct {
	kvdb.Engine
	most int
}

func (e *cutEngine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	cut := false
	err := e.Engine.Load(ctx, func(yield func(string, []byte) bool) {
		for key, value := range entries {
			if cut = e.most == 0; cut || !yield(key, value) {
				return
			}
			e.most--
		}
	})
	if cut {
		return errCut
	}
	return err
}

// TestCopyInterrupted: after an interruption at any point the target is not a store, and
// another run completes it, with later changes.
func TestCopyInterrupted(t *testing.T) {
	from := fixture.NewFilledStore(t)
	for _, most := range []int{0, 1, 2, 7, 20} {
		to := fixture.NewEmptyEngine(t)
		if _, err := backup.Copy(t.Context(), from.Store, &cutEngine{to, most}, func(backup.CopyRound, int) {}); !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if blank, err := store.IsEmptyEngine(t.Context(), to); err != nil || blank != (most == 0) {
			t.Errorf("cut after %d it is blank: %t, %v", most, blank, err)
		}
		if most > 0 {
			if _, err := store.Open(t.Context(), to, from.Keys, fixture.NoonClock); !errors.Is(err, store.ErrIncompleteCopy) {
				t.Errorf("cut after %d it opens: %v", most, err)
			}
		}
		fixture.MustUpdate(t, from.Store, func(tx *store.Tx) {
			tx.PutAttempts("passing", store.Attempts{Wrong: most})
			tx.DeleteAttempts(fmt.Sprint("passing", most-1))
		})
		outcomeCopied(t, from.Store, to)
		if diff := cmp.Diff(fixture.ListEntries(t, from.Engine), withoutNotes(t, fixture.ListEntries(t, from.Engine), to)); diff != "" {
			t.Errorf("cut after %d, want -, got +:\n%s", most, diff)
		}
	}
}

// TestCopyOfWhatChanges: the copy has what others write in the meantime, unless they
// never stop.
func TestCopyOfWhatChanges(t *testing.T) {
	from := fixture.NewFilledStore(t)
	for rounds, want := range map[int]error{2: nil, 1000: backup.ErrStillChanging} {
		to, n := fixture.NewEmptyEngine(t), 0
		last, err := backup.Copy(t.Context(), from.Store, to, func(round backup.CopyRound, done int) {
			if done == round.Records && n < rounds {
				n++
				fixture.MustUpdate(t, from.Store, func(tx *store.Tx) { tx.PutAttempts("busy", store.Attempts{Wrong: n}) })
			}
		})
		if !errors.Is(err, want) {
			t.Fatalf("changed %d times: %v", rounds, err)
		}
		if want != nil {
			continue
		}
		if diff := cmp.Diff(fixture.ListEntries(t, from.Engine), withoutNotes(t, fixture.ListEntries(t, from.Engine), to)); diff != "" || last.Number < 3 {
			t.Errorf("%+v, and want -, got +:\n%s", last, diff)
		}
	}
}

// TestCopyOverSomething: a copy never overwrites anything.
func TestCopyOverSomething(t *testing.T) {
	from := fixture.NewFilledStore(t)
	other := fixture.NewFilledStore(t)
	stray, half := fixture.NewEmptyEngine(t), fixture.NewEmptyEngine(t)
	if err := stray.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("tries/x", nil); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Copy(t.Context(), other.Store, &cutEngine{half, 3}, func(backup.CopyRound, int) {}); !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		to   kvdb.Engine
		want error
	}{
		"itself": {from.Engine, backup.ErrTargetNotBlank}, "another one": {other.Engine, backup.ErrTargetNotBlank}, "no store": {stray, backup.ErrTargetNotBlank},
		"half of another": {half, backup.ErrOtherCopyBegun},
	} {
		before := fixture.ListEntries(t, test.to)
		if _, err := backup.Copy(t.Context(), from.Store, test.to, func(backup.CopyRound, int) {}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(before, fixture.ListEntries(t, test.to)); diff != "" {
			t.Errorf("%s, want -, got +:\n%s", name, diff)
		}
	}
}
