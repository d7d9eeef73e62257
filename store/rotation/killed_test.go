package rotation_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"loket/store"
	"loket/store/bolt"
	"loket/store/fixture"
	"loket/store/keyring"
	"loket/store/rotation"
)

// rotateUntilKilled is the environment variable that makes a process rotate keys until it is killed. Its value is the folder
// of the store.
const rotateUntilKilled = "LOKET_TEST_ROTATES_IN"

// TestRotateKilled kills processes at random points while they rotate keys and write, and checks that the last rotation can be
// completed.
func TestRotateKilled(t *testing.T) {
	if dir := os.Getenv(rotateUntilKilled); dir != "" {
		s, _ := openIn(t, dir)
		go func() {
			for n := 0; ; n++ {
				s.Update(context.Background(), func(tx *store.Tx) error {
					tx.PutAttempts(fmt.Sprint(n%3000), store.Attempts{Wrong: n % 3000})
					return nil
				})
			}
		}()
		for {
			fmt.Println("rotates")
			if _, err := rotation.Rotate(context.Background(), s, func(int, int) { fmt.Println("rotates") }); err != nil {
				t.Fatal(err)
			}
			if _, err := rotation.DropOldKeys(context.Background(), s); err != nil {
				t.Fatal(err)
			}
		}
	}
	const many = 3000
	dir := t.TempDir()
	if _, err := keyring.CreateKeyFile(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	s, _ := openIn(t, dir)
	fixture.PutManyAttempts(t, fixture.TestStore{Store: s}, many)
	s.Close()
	for round := range 5 {
		killRotating(t, dir, 1+8*round)
		s, _ := openIn(t, dir)
		fixture.RequireNoProblems(t, s)
		if left, _ := filepath.Glob(filepath.Join(dir, ".keys.loket-new-*")); len(left) > 0 {
			t.Logf("round %d left %q", round, left) // The next rotation removes this leftover.
		}
		fixture.MustView(t, s, func(tx *store.Tx) {
			for n := range many {
				fixture.RequireEqual(t, tx.WrongAttempts(fmt.Sprint(n), time.Hour).Wrong, n)
			}
		})
		s.Close()
	}
	s, _ = openIn(t, dir)
	rotate(t, s)
	if _, err := rotation.DropOldKeys(t.Context(), s); err != nil {
		t.Error(err)
	}
	fixture.RequireNoProblems(t, s)
	if left, _ := filepath.Glob(filepath.Join(dir, ".keys.loket-new-*")); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

func openIn(t *testing.T, dir string) (*store.Store, *keyring.Keys) {
	t.Helper()
	keys, err := keyring.ReadKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return fixture.OpenStore(t, engine, keys), keys
}

// killRotating kills a process that rotates keys, after the given number of its messages.
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
