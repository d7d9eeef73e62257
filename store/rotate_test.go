package store_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

func silently(int, int) {}

func rotate(tb testing.TB, s *store.Store) store.Rotation {
	tb.Helper()
	r, err := s.Rotate(context.Background(), silently)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// keysIn are the sealing keys of a store, the primary first.
func keysIn(tb testing.TB, s *store.Store) []store.SealingKey {
	tb.Helper()
	all, err := s.SealingKeys(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// TestRotate: all is sealed under the new key, says the same, and is found as
// before; also by who reads the key file after that.
func TestRotate(t *testing.T) {
	f := newFiles(t)
	s := create(t, f)
	update(t, s, func(tx *store.Tx) { fill(tx); hold(tx) })
	first := keysIn(t, s)
	if len(first) != 1 || !first[0].Primary {
		t.Fatalf("keys: %+v", first)
	}
	r := rotate(t, s)
	second := keysIn(t, s)
	want := []store.SealingKey{{ID: r.Key, Primary: true, Records: first[0].Records}, {ID: first[0].ID}}
	if diff := cmp.Diff(want, second); diff != "" || !r.Made || r.Sealed != first[0].Records || r.Key == first[0].ID {
		t.Errorf("%+v, and want -, got +:\n%s", r, diff)
	}
	sound(t, s)
	update(t, s, func(tx *store.Tx) { tx.PutTries("new", store.Tries{Wrong: 1}) })
	s.Close()
	again := reopen(t, f)
	sound(t, again)
	same(t, keysIn(t, again)[0], store.SealingKey{ID: r.Key, Primary: true, Records: first[0].Records + 1})
	if r := rotate(t, again); !r.Made || r.Sealed != first[0].Records+1 {
		t.Errorf("once more: %+v", r)
	}
	same(t, len(keysIn(t, again)), 3)
}

// TestForgetKeys: older keys stay for older backups, until they are forgotten.
func TestForgetKeys(t *testing.T) {
	s, text := whole(t)
	first := keysIn(t, s.Store)[0].ID
	if forgotten, err := s.ForgetKeys(t.Context()); err != nil || len(forgotten) > 0 {
		t.Errorf("of one key: %v, %v", forgotten, err)
	}
	rotate(t, s.Store)
	if _, err := s.Restore(t.Context(), bytes.NewReader(text), asIs); err != nil {
		t.Fatal(err)
	}
	sound(t, s.Store)
	if _, err := s.ForgetKeys(t.Context()); !errors.Is(err, store.ErrKeysInUse) {
		t.Errorf("while the old key is in use: %v", err)
	}
	if r := rotate(t, s.Store); r.Made || r.Sealed == 0 {
		t.Errorf("what a backup brought back: %+v", r)
	}
	forgotten, err := s.ForgetKeys(t.Context())
	if err != nil || len(forgotten) != 1 || forgotten[0] != first {
		t.Errorf("forgot %v, %v", forgotten, err)
	}
	sound(t, s.Store)
	refused(t, s, bytes.NewReader(text), store.ErrWrongKeys)
	same(t, len(keysIn(t, s.Store)), 1)
	engine := emptyEngine(t)
	newer := backup(t, s.Store)
	if _, err := store.Restore(t.Context(), engine, keysOf(t, s), atNoon, bytes.NewReader(newer), asIs); err != nil {
		t.Errorf("with the key file alone: %v", err)
	}
}

// TestRotateInterrupted: one that was stopped is completed by the next, with the
// same key.
func TestRotateInterrupted(t *testing.T) {
	s := keep(t, nil)
	const many = 2000
	put(t, s, many)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := s.Rotate(ctx, func(int, int) { cancel() })
	if !errors.Is(err, context.Canceled) || r.Sealed == 0 || r.Sealed >= many {
		t.Fatalf("stopped after %+v: %v", r, err)
	}
	completed := rotate(t, s.Store)
	if completed.Made || completed.Key != r.Key || completed.Sealed != many+1-r.Sealed {
		t.Errorf("first %+v, and then %+v", r, completed)
	}
	same(t, keysIn(t, s.Store)[1].Records, 0)
}

// put has so many records, beside the seal.
func put(tb testing.TB, s kept, many int) {
	tb.Helper()
	if err := s.Bulk(context.Background(), func(tx *store.Tx) error {
		for n := range many {
			tx.PutTries(fmt.Sprint(n), store.Tries{Wrong: n})
		}
		return nil
	}, func(int, int) {}); err != nil {
		tb.Fatal(err)
	}
}

// TestRotateBesideEverything has writers, readers, an import and backups beside
// rotations that forget: nothing is lost, and everything can be opened.
func TestRotateBesideEverything(t *testing.T) {
	s := keep(t, nil)
	put(t, s, 500)
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
			update(t, s.Store, func(tx *store.Tx) {
				if got := tx.Requests(mine).Asked; got != n {
					t.Errorf("%d of %d updates are there", got, n)
				}
				tx.PutRequests(mine, store.Requests{Asked: n + 1})
				tx.PutTries(fmt.Sprint(n%500), store.Tries{Wrong: n % 500})
			})
			wrote[worker] = n + 1
		})
	}
	goOn(func(int) { put(t, s, 300) })
	goOn(func(int) { backup(t, s.Store) })
	for range 6 {
		rotate(t, s.Store)
		if _, err := s.ForgetKeys(t.Context()); err != nil {
			t.Error(err)
		}
	}
	close(done)
	others.Wait()
	sound(t, s.Store)
	same(t, len(keysIn(t, s.Store)), 1)
	view(t, s.Store, func(tx *store.Tx) {
		for n := range 500 {
			same(t, tx.Tries(fmt.Sprint(n), time.Hour).Wrong, n)
		}
		for worker, n := range wrote {
			same(t, tx.Requests(fmt.Sprint("mine ", worker)).Asked, n)
		}
	})
}

// TestOneAtATime: keys change for one at a time.
func TestOneAtATime(t *testing.T) {
	s, text := whole(t)
	put(t, s, 1000)
	tried := false
	if _, err := s.Rotate(t.Context(), func(int, int) {
		tried = true
		if _, err := s.Rotate(t.Context(), silently); !errors.Is(err, keyring.ErrRotating) {
			t.Errorf("another rotation: %v", err)
		}
		if _, err := s.ForgetKeys(t.Context()); !errors.Is(err, keyring.ErrRotating) {
			t.Errorf("forgetting: %v", err)
		}
		if _, err := s.Restore(t.Context(), bytes.NewReader(text), asIs); !errors.Is(err, keyring.ErrRotating) {
			t.Errorf("restoring: %v", err)
		}
	}); err != nil || !tried {
		t.Error(err)
	}
}

// TestRotateInTwoPlaces: of two who rotate with key files of their own, one comes
// first, and whatever the other one sealed can be opened with the file of the first.
func TestRotateInTwoPlaces(t *testing.T) {
	first := keep(t, nil)
	put(t, first, 100)
	text, err := os.ReadFile(first.file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := keyring.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	var second *store.Store
	engine := &before{Engine: first.engine, update: 1, do: func() { rotate(t, first.Store) }}
	second = over(t, engine, keys)
	if r, err := second.Rotate(t.Context(), silently); !errors.Is(err, store.ErrOtherKey) || r.Made || r.Sealed != 0 {
		t.Errorf("the second: %+v, %v", r, err)
	}
	update(t, second, func(tx *store.Tx) { tx.PutTries("second", store.Tries{Wrong: 1}) })
	sound(t, first.Store)
	if r := rotate(t, first.Store); r.Made || r.Sealed != 1 {
		t.Errorf("what the second sealed: %+v", r)
	}
	if _, err := store.Open(t.Context(), first.engine, keys, atNoon); !errors.Is(err, store.ErrWrongKeys) {
		t.Errorf("opened with the file of the second: %v", err)
	}
	if text, err = os.ReadFile(first.file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	sound(t, second) // which reads the file again
}

// before is an engine that has something done before one of its Updates.
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

// TestRotateNeedsItsKeyFile: what was put in its place is not written over.
func TestRotateNeedsItsKeyFile(t *testing.T) {
	s, other := keep(t, nil), keep(t, nil)
	before, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(other.file)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"another's": theirs, "damaged": before[:20], "none": nil} {
		if text == nil {
			err = os.Remove(s.file)
		} else {
			err = os.WriteFile(s.file, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Rotate(t.Context(), silently); err == nil || name == "another's" && !errors.Is(err, keyring.ErrKeyFile) {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(s.file); !bytes.Equal(after, text) {
			t.Errorf("%s: was written over", name)
		}
	}
	keys, err := keyring.New()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := keep(t, keys).Rotate(t.Context(), silently); err == nil {
		t.Error("keys in no file were rotated")
	}
}

// TestRotateLeavesWhatItCannotOpen, and does all the rest.
func TestRotateLeavesWhatItCannotOpen(t *testing.T) {
	s := keep(t, nil)
	put(t, s, 10)
	damage := func(key string, change func(value []byte) []byte) {
		t.Helper()
		if err := s.engine.Update(t.Context(), func(kv kvdb.KV) error {
			value, _ := kv.Get(key)
			kv.Put(key, change(value))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	damage("tries/nonsense", func([]byte) []byte { return []byte("nonsense") })
	wants := func(when string, r store.Rotation, err error, sealed, stuck int) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(stuck, " records cannot be opened")) || !r.Made || r.Sealed != sealed {
			t.Errorf("%s: %+v, %v", when, r, err)
		}
	}
	r, err := s.Rotate(t.Context(), silently)
	wants("nonsense", r, err, 11, 1)
	if _, err := s.ForgetKeys(t.Context()); err != nil {
		t.Errorf("forgetting: %v", err)
	}
	update(t, s.Store, func(tx *store.Tx) { tx.PutRush(0, store.Rush{}) })
	damage("rush/0", func(value []byte) []byte { value[len(value)-1] ^= 1; return value })
	r, err = s.Rotate(t.Context(), silently)
	wants("damaged", r, err, 11, 2)
	if _, err := s.ForgetKeys(t.Context()); !errors.Is(err, store.ErrKeysInUse) {
		t.Errorf("forgetting the key of what is damaged: %v", err)
	}
	r, err = s.Rotate(t.Context(), silently)
	wants("once more", r, err, 11, 2)
}

// rotateUntilKilled tells a process to rotate keys in a folder until it is killed.
const rotateUntilKilled = "LOKET_TEST_ROTATES_IN"

// TestRotateKilled kills processes while they rotate keys and write, anywhere in
// that, and completes the last rotation.
func TestRotateKilled(t *testing.T) {
	if dir := os.Getenv(rotateUntilKilled); dir != "" {
		s, _ := openIn(t, dir)
		go func() {
			for n := 0; ; n++ {
				s.Update(context.Background(), func(tx *store.Tx) error {
					tx.PutTries(fmt.Sprint(n%3000), store.Tries{Wrong: n % 3000})
					return nil
				})
			}
		}()
		for {
			fmt.Println("rotates")
			if _, err := s.Rotate(context.Background(), func(int, int) { fmt.Println("rotates") }); err != nil {
				t.Fatal(err)
			}
			if _, err := s.ForgetKeys(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	const many = 3000
	dir := t.TempDir()
	if _, err := keyring.Create(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	s, _ := openIn(t, dir)
	put(t, kept{Store: s}, many)
	s.Close()
	for round := range 5 {
		killRotating(t, dir, 1+8*round)
		s, _ := openIn(t, dir)
		sound(t, s)
		if left, _ := filepath.Glob(filepath.Join(dir, ".keys.loket-new-*")); len(left) > 0 {
			t.Logf("round %d left %q", round, left) // which the next rotation takes away
		}
		view(t, s, func(tx *store.Tx) {
			for n := range many {
				same(t, tx.Tries(fmt.Sprint(n), time.Hour).Wrong, n)
			}
		})
		s.Close()
	}
	s, _ = openIn(t, dir)
	rotate(t, s)
	if _, err := s.ForgetKeys(t.Context()); err != nil {
		t.Error(err)
	}
	sound(t, s)
	if left, _ := filepath.Glob(filepath.Join(dir, ".keys.loket-new-*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func openIn(t *testing.T, dir string) (*store.Store, *keyring.Keys) {
	t.Helper()
	keys, err := keyring.Read(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return over(t, engine, keys), keys
}

// killRotating kills a process that rotates once it has said so a few times.
func killRotating(t *testing.T, dir string, after int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestRotateKilled$")
	child.Env = append(os.Environ(), rotateUntilKilled+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said, other := 0, ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if lines.Text() != "rotates" {
			other += lines.Text() + "\n"
			continue
		}
		if said++; said == after {
			child.Process.Kill()
		}
	}
	if child.Wait(); said < after {
		t.Fatalf("it ended by itself:\n%s", other)
	}
}

func BenchmarkRotate(b *testing.B) {
	keys, err := keyring.Create(newFiles(b).keys)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := bolt.Create(newFiles(b).db, bolt.Options{}) // synced
	if err != nil {
		b.Fatal(err)
	}
	s := kept{over(b, engine, keys), engine, keys, ""}
	const many = 100_000
	put(b, s, many)
	for b.Loop() {
		rotate(b, s.Store)
	}
	b.ReportMetric(many*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
