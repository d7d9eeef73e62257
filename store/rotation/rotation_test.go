package rotation_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/backup"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/rotation"
)

func rotate(tb testing.TB, s *store.Store) rotation.Result {
	tb.Helper()
	r, err := rotation.Rotate(context.Background(), s, fixture.IgnoreProgress)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func backedUp(tb testing.TB, s *store.Store) []byte {
	tb.Helper()
	var w bytes.Buffer
	if _, err := backup.Write(context.Background(), s, &w); err != nil {
		tb.Fatal(err)
	}
	return w.Bytes()
}

// keysIn returns the sealing keys of a store, the primary key first.
func keysIn(tb testing.TB, s *store.Store) []rotation.SealingKey {
	tb.Helper()
	all, err := rotation.ListSealingKeys(context.Background(), s)
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// TestRotate checks that after a rotation all records are sealed under the new key, have the same content, and are found as
// before, also by a process that reads the key file later.
func TestRotate(t *testing.T) {
	f := fixture.NewFiles(t)
	s := fixture.CreateStore(t, f)
	fixture.MustUpdate(t, s, func(tx *store.Tx) { fixture.PutAllRecords(tx); fixture.AddSavingsHolding(tx) })
	first := keysIn(t, s)
	if len(first) != 1 || !first[0].Primary {
		t.Fatalf("keys: %+v", first)
	}
	r := rotate(t, s)
	second := keysIn(t, s)
	want := []rotation.SealingKey{{ID: r.Key, Primary: true, Records: first[0].Records}, {ID: first[0].ID}}
	if diff := cmp.Diff(want, second); diff != "" || !r.IsNewKey || r.RecordsSealed != first[0].Records || r.Key == first[0].ID {
		t.Errorf("%+v, and want -, got +:\n%s", r, diff)
	}
	fixture.RequireNoProblems(t, s)
	fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.PutAttempts("new", store.Attempts{Wrong: 1}) })
	s.Close()
	again := fixture.ReopenStore(t, f)
	fixture.RequireNoProblems(t, again)
	fixture.RequireEqual(t, keysIn(t, again)[0], rotation.SealingKey{ID: r.Key, Primary: true, Records: first[0].Records + 1})
	if r := rotate(t, again); !r.IsNewKey || r.RecordsSealed != first[0].Records+1 {
		t.Errorf("once more: %+v", r)
	}
	fixture.RequireEqual(t, len(keysIn(t, again)), 3)
}

// TestForgetKeys checks that older keys stay available for older backups until they are dropped.
func TestForgetKeys(t *testing.T) {
	s := fixture.NewFilledStore(t)
	text := backedUp(t, s.Store)
	first := keysIn(t, s.Store)[0].ID
	if forgotten, err := rotation.DropOldKeys(t.Context(), s.Store); err != nil || len(forgotten) > 0 {
		t.Errorf("of one key: %v, %v", forgotten, err)
	}
	rotate(t, s.Store)
	if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{SendWaiting: true}); err != nil {
		t.Fatal(err)
	}
	fixture.RequireNoProblems(t, s.Store)
	if _, err := rotation.DropOldKeys(t.Context(), s.Store); !errors.Is(err, rotation.ErrInUse) {
		t.Errorf("while the old key is in use: %v", err)
	}
	if r := rotate(t, s.Store); r.IsNewKey || r.RecordsSealed == 0 {
		t.Errorf("what a backup brought back: %+v", r)
	}
	forgotten, err := rotation.DropOldKeys(t.Context(), s.Store)
	if err != nil || len(forgotten) != 1 || forgotten[0] != first {
		t.Errorf("forgot %v, %v", forgotten, err)
	}
	fixture.RequireNoProblems(t, s.Store)
	if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{SendWaiting: true}); !errors.Is(err, store.ErrWrongKeys) {
		t.Errorf("a backup under the forgotten key: %v", err)
	}
	fixture.RequireNoProblems(t, s.Store)
	fixture.RequireEqual(t, len(keysIn(t, s.Store)), 1)
	engine := fixture.NewEmptyEngine(t)
	newer := backedUp(t, s.Store)
	if _, err := backup.RestoreToEngine(t.Context(), engine, fixture.RereadKeys(t, s), fixture.NoonClock, bytes.NewReader(newer), backup.RestoreOptions{SendWaiting: true}); err != nil {
		t.Errorf("with the key file alone: %v", err)
	}
}

// TestRotateInterrupted checks that the next rotation completes an interrupted one, with the same key.
func TestRotateInterrupted(t *testing.T) {
	s := fixture.NewStore(t, nil)
	const many = 2000
	fixture.PutManyAttempts(t, s, many)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := rotation.Rotate(ctx, s.Store, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) || r.RecordsSealed == 0 || r.RecordsSealed >= many {
		t.Fatalf("stopped after %+v: %v", r, err)
	}
	completed := rotate(t, s.Store)
	if completed.IsNewKey || completed.Key != r.Key || completed.RecordsSealed != many+1-r.RecordsSealed {
		t.Errorf("first %+v, and then %+v", r, completed)
	}
	fixture.RequireEqual(t, keysIn(t, s.Store)[1].Records, 0)
}

// TestRotateBesideEverything runs writers, readers, an import and backups during rotations that drop keys. It checks that
// nothing is lost and that every record can be opened.
func TestRotateBesideEverything(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 500)
	done := make(chan bool)
	var others sync.WaitGroup
	goOn := func(fn func(n int)) {
		others.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
					fn(n)
				}
			}
		})
	}
	var wrote [2]int
	for worker := range wrote {
		mine := fmt.Sprint("mine ", worker)
		goOn(func(n int) {
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				if got := tx.Requests(mine).Count; got != n {
					t.Errorf("%d of %d updates are there", got, n)
				}
				tx.PutRequests(mine, store.DailyRequests{Count: n + 1})
				tx.PutAttempts(fmt.Sprint(n%500), store.Attempts{Wrong: n % 500})
			})
			wrote[worker] = n + 1
		})
	}
	goOn(func(int) { fixture.PutManyAttempts(t, s, 300) })
	goOn(func(int) {
		if _, err := backup.Write(t.Context(), s.Store, io.Discard); err != nil && !errors.Is(err, backup.ErrKeyDroppedMeanwhile) {
			t.Error(err)
		}
	})
	for range 6 {
		rotate(t, s.Store)
		if _, err := rotation.DropOldKeys(t.Context(), s.Store); err != nil {
			t.Error(err)
		}
	}
	close(done)
	others.Wait()
	fixture.RequireNoProblems(t, s.Store)
	fixture.RequireEqual(t, len(keysIn(t, s.Store)), 1)
	fixture.MustView(t, s.Store, func(tx *store.Tx) {
		for n := range 500 {
			fixture.RequireEqual(t, tx.WrongAttempts(fmt.Sprint(n), time.Hour).Wrong, n)
		}
		for worker, n := range wrote {
			fixture.RequireEqual(t, tx.Requests(fmt.Sprint("mine ", worker)).Count, n)
		}
	})
}

// TestOneAtATime checks that only one caller at a time can change keys.
func TestOneAtATime(t *testing.T) {
	s := fixture.NewFilledStore(t)
	text := backedUp(t, s.Store)
	fixture.PutManyAttempts(t, s, 1000)
	tried := false
	if _, err := rotation.Rotate(t.Context(), s.Store, func(int, int) {
		tried = true
		if _, err := rotation.Rotate(t.Context(), s.Store, fixture.IgnoreProgress); !errors.Is(err, keyring.ErrKeysReserved) {
			t.Errorf("another rotation: %v", err)
		}
		if _, err := rotation.DropOldKeys(t.Context(), s.Store); !errors.Is(err, keyring.ErrKeysReserved) {
			t.Errorf("forgetting: %v", err)
		}
		if _, err := backup.Restore(t.Context(), s.Store, bytes.NewReader(text), backup.RestoreOptions{SendWaiting: true}); !errors.Is(err, keyring.ErrKeysReserved) {
			t.Errorf("restoring: %v", err)
		}
	}); err != nil || !tried {
		t.Error(err)
	}
}

// TestRotateInTwoPlaces checks two processes that rotate with separate key files at the same time: one of them succeeds, and
// its file opens all values that the other one sealed.
func TestRotateInTwoPlaces(t *testing.T) {
	first := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, first, 100)
	text, err := os.ReadFile(first.File)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.ReadKeyFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var second *store.Store
	engine := &before{Engine: first.Engine, update: 1, do: func() { rotate(t, first.Store) }}
	second = fixture.OpenStore(t, engine, keys)
	if r, err := rotation.Rotate(t.Context(), second, fixture.IgnoreProgress); !errors.Is(err, rotation.ErrKeyNotInFile) || r.IsNewKey || r.RecordsSealed != 0 {
		t.Errorf("the second: %+v, %v", r, err)
	}
	fixture.MustUpdate(t, second, func(tx *store.Tx) { tx.PutAttempts("second", store.Attempts{Wrong: 1}) })
	fixture.RequireNoProblems(t, first.Store)
	if r := rotate(t, first.Store); r.IsNewKey || r.RecordsSealed != 1 {
		t.Errorf("what the second sealed: %+v", r)
	}
	if _, err := store.Open(t.Context(), first.Engine, keys, fixture.NoonClock); !errors.Is(err, store.ErrWrongKeys) {
		t.Errorf("opened with the file of the second: %v", err)
	}
	if text, err = os.ReadFile(first.File); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	fixture.RequireNoProblems(t, second) // The second store reads the key file again.
}

// before is an engine that calls a function before one of its Updates.
type before struct {
	kvdb.Engine
	update int
	do     func()
}

func (e *before) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.update--; e.update == 0 {
		e.do()
	}
	return e.Engine.Update(ctx, fn)
}

// TestRotateNeedsItsKeyFile checks that a rotation does not overwrite another file at the path of the key file.
func TestRotateNeedsItsKeyFile(t *testing.T) {
	s, other := fixture.NewStore(t, nil), fixture.NewStore(t, nil)
	before, err := os.ReadFile(s.File)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(other.File)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"another's": theirs, "damaged": before[:20], "none": nil} {
		if text == nil {
			err = os.Remove(s.File)
		} else {
			err = os.WriteFile(s.File, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rotation.Rotate(t.Context(), s.Store, fixture.IgnoreProgress); err == nil || name == "another's" && !errors.Is(err, keyring.ErrKeyFile) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(s.File); !bytes.Equal(after, text) {
			t.Errorf("%s: was written over", name)
		}
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rotation.Rotate(t.Context(), fixture.NewStore(t, keys).Store, fixture.IgnoreProgress); err == nil {
		t.Error("keys in no file were rotated")
	}
}

// TestRotateLeavesWhatItCannotOpen checks that records that cannot be opened stay unchanged, and that all others are resealed.
func TestRotateLeavesWhatItCannotOpen(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.PutManyAttempts(t, s, 10)
	damage := func(key string, change func(value []byte) []byte) {
		t.Helper()
		if err := s.Engine.Update(t.Context(), func(kv kvdb.KV) error {
			value, _ := kv.Get(key)
			kv.Put(key, change(value))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	damage("tries/nonsense", func([]byte) []byte { return []byte("nonsense") })
	wants := func(when string, r rotation.Result, err error, sealed, stuck int) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(stuck, " records cannot be opened")) || !r.IsNewKey || r.RecordsSealed != sealed {
			t.Errorf("%s: %+v, %v", when, r, err)
		}
	}
	r, err := rotation.Rotate(t.Context(), s.Store, fixture.IgnoreProgress)
	wants("nonsense", r, err, 11, 1)
	if _, err := rotation.DropOldKeys(t.Context(), s.Store); err != nil {
		t.Errorf("forgetting: %v", err)
	}
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.PutGlobalRate(0, store.GlobalRate{}) })
	damage("rush/0", func(value []byte) []byte { value[len(value)-1] ^= 1; return value })
	r, err = rotation.Rotate(t.Context(), s.Store, fixture.IgnoreProgress)
	wants("damaged", r, err, 11, 2)
	if _, err := rotation.DropOldKeys(t.Context(), s.Store); !errors.Is(err, rotation.ErrInUse) {
		t.Errorf("forgetting the key of what is damaged: %v", err)
	}
	r, err = rotation.Rotate(t.Context(), s.Store, fixture.IgnoreProgress)
	wants("once more", r, err, 11, 2)
}

// BenchmarkRotate measures resealing a whole store. On two shared processor cores the commands of loket took 85 s for
// 1,000,000 customers.
func BenchmarkRotate(b *testing.B) {
	keys, err := keyring.CreateKeyFile(fixture.NewFiles(b).Keys)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := bolt.Create(fixture.NewFiles(b).DB, bolt.Options{}) // The commits are flushed to disk, unlike in tests.
	if err != nil {
		b.Fatal(err)
	}
	s := fixture.TestStore{Store: fixture.OpenStore(b, engine, keys), Engine: engine, Keys: keys}
	const many = 100_000
	fixture.PutManyAttempts(b, s, many)
	for b.Loop() {
		rotate(b, s.Store)
	}
	b.ReportMetric(many*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
