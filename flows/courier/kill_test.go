package courier

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/courier/couriertest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
)

// carryFor makes the test binary a courier of the database in this directory,
// over the mail server at this address, until it is killed.
const (
	carryFor  = "LOKET_TEST_CARRY_FOR"
	carryOver = "LOKET_TEST_CARRY_OVER"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(carryFor); dir != "" {
		if err := carryUntilKilled(context.Background(), dir, os.Getenv(carryOver)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func carryUntilKilled(ctx context.Context, dir, server string) error {
	s, clock, err := openAgain(ctx, dir)
	if err != nil {
		return err
	}
	o := officeOver(s, clock)
	o.over(&couriertest.Server{Addr: server})
	o.Receipts = filepath.Join(dir, "receipts")
	o.Run(ctx)
	return nil
}

func openAgain(ctx context.Context, dir string) (*store.Store, *clock.Clock, error) {
	keys, err := keyring.Read(filepath.Join(dir, "keys"))
	if err != nil {
		return nil, nil, err
	}
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	clock := clock.New()
	clock.Move(time.Duration(restarts(dir)) * time.Hour) // so that what was in hand is due again
	s, err := store.Open(ctx, engine, keys, clock.Now)
	return s, clock, err
}

// restarts counts how often a courier of dir was killed.
func restarts(dir string) int {
	text, _ := os.ReadFile(filepath.Join(dir, "restarts"))
	return len(text)
}

// TestKilled kills couriers in the midst of their work, again and again. Nothing
// is lost, and each of them repeats at most the e-mail that it had in flight,
// under the same Message-ID (X4).
func TestKilled(t *testing.T) {
	const n, kills = 300, 6
	dir := t.TempDir()
	makeWaiting(t, dir, n)
	s := couriertest.NewServer(t)
	for round := range kills {
		enough := (round + 1) * n / (kills + 1)
		killOne(t, dir, s, enough)
		if err := os.WriteFile(filepath.Join(dir, "restarts"), []byte(strings.Repeat("x", round+1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	last, clock, err := openAgain(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer last.Close()
	o := officeOver(last, clock)
	o.over(s)
	o.Receipts = filepath.Join(dir, "receipts")
	if _, err := o.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(o.Receipts + "*"); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: n})
	came := map[string][]string{} // addressee → Message-IDs
	for _, r := range s.All() {
		came[r.To] = append(came[r.To], r.Header("Message-Id"))
	}
	for to, ids := range came {
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("to %s came %q", to, ids)
		}
	}
	if repeated := len(s.All()) - n; len(came) != n || repeated > kills {
		t.Errorf("%d of %d came, and %d again after %d kills", len(came), n, repeated, kills)
	}
}

// makeWaiting makes a database in which so many e-mails wait.
func makeWaiting(t *testing.T, dir string, n int) {
	t.Helper()
	if _, err := keyring.Create(filepath.Join(dir, "keys")); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine.Close()
	s, clock, err := openAgain(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	officeOver(s, clock).waiting(t, n)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// killOne lets a courier work until so many e-mails came, and kills it then.
func killOne(t *testing.T, dir string, s *couriertest.Server, enough int) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), carryFor+"="+dir, carryOver+"="+s.Addr)
	var trouble strings.Builder
	child.Stderr = &trouble
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	s.Await(t, enough)
	time.Sleep(rand.N(3 * time.Millisecond)) // an e-mail takes about that long, so that this falls anywhere in one
	child.Process.Kill()
	child.Wait()
	if trouble.Len() > 0 {
		t.Fatal(trouble.String())
	}
}
