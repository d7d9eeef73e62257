package flows_test

import (
	"bufio"
	"context"
	cryptorand "crypto/rand"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/keyring"
)

// activateHere is an environment variable with a directory. It makes the test binary activate accounts in the database there
// until it is killed.
const activateHere = "LOKET_TEST_ACTIVATE_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(activateHere); dir != "" {
		if err := activateAll(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

const (
	atStake = 600 // atStake is the number of customers who can activate an account.
	kills   = 8
)

// activateAll prints each number whose owner has seen that the account is activated.
func activateAll(ctx context.Context, dir string) error {
	s, err := openAgain(ctx, dir)
	if err != nil {
		return err
	}
	d := &desk.Desk{
		Store: s, Clock: clock.NewFromFuncs(time.Now, func(context.Context, time.Duration) error { return nil }),
		Hasher: &flowtest.Hasher{}, Random: cryptorand.Reader, Terminal: "Utrecht 1", Settings: desk.DefaultSettings(),
	}
	for n := range atStake {
		f := flows.Activate(flow.NewVisit(d))
		if err := f.Submit(ctx, flowtest.AnswersFromPairs("number", timedNumber(n), "birth date", "1-2-1980", "postcode", "1234AB")); err != nil {
			return err
		}
		if f.State() == "number used before" {
			continue // A process that was killed earlier has already activated this account.
		}
		if err := f.Submit(ctx, flowtest.AnswersFromPairs("username", timedName(n), "new", "Goed-gekozen1", "again", "Goed-gekozen1")); err != nil {
			return err
		}
		if f.State() != "account activated" {
			return fmt.Errorf("number %d led to %q", n, f.State())
		}
		fmt.Println(n)
	}
	return errors.New("nobody is left, and nobody killed this process")
}

func openAgain(ctx context.Context, dir string) (*store.Store, error) {
	keys, err := keyring.ReadKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		return nil, err
	}
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, engine, keys, time.Now)
}

// TestKilled repeatedly kills a process while it activates accounts. Afterwards every activation that a screen confirmed must
// be stored, and no activation may be half done (X1).
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	if err := makeStakes(t, dir); err != nil {
		t.Fatal(err)
	}
	said := map[int]bool{}
	for round := range kills {
		activateUntilKilled(t, dir, said)
		s, err := openAgain(t.Context(), dir)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		checkWhole(t, s, said)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func makeStakes(t *testing.T, dir string) error {
	keys, err := keyring.CreateKeyFile(filepath.Join(dir, "keys"))
	if err != nil {
		return err
	}
	engine, err := bolt.Create(filepath.Join(dir, "db"), bolt.Options{NoSync: true})
	if err != nil {
		return err
	}
	s, err := store.Open(t.Context(), engine, keys, time.Now)
	if err != nil {
		return err
	}
	for from := 0; from < atStake; from += 10 {
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			for n := from; n < from+10; n++ {
				putNewcomer(tx, n)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return s.Close()
}

// activateUntilKilled kills the process at a random moment after its first numbers, and adds the numbers that it printed to
// said.
func activateUntilKilled(t *testing.T, dir string, said map[int]bool) {
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), activateHere+"="+dir)
	var trouble strings.Builder
	child.Stderr = &trouble
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	heard, enough := 0, 1+rand.IntN(20)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var n int
		if _, err := fmt.Sscan(lines.Text(), &n); err != nil {
			t.Fatal(err)
		}
		said[n] = true
		if heard++; heard == enough {
			// A commit takes some milliseconds, so a random delay of up to 10 ms can kill the process at any moment of a
			// commit.
			time.AfterFunc(rand.N(10*time.Millisecond), func() { child.Process.Kill() })
		}
	}
	if err := child.Wait(); trouble.Len() > 0 || heard < enough {
		t.Fatalf("said %d numbers, then: %v %s", heard, err, &trouble)
	}
}

// checkWhole checks that each activation is stored completely or not at all, and completely if a screen confirmed it.
func checkWhole(t *testing.T, s *store.Store, said map[int]bool) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		messages, entries := map[store.CustomerID]int{}, map[store.CustomerID]int{}
		for m := range tx.Messages() {
			messages[m.Customer]++
		}
		for e := range auditlog.AllEntries(tx) {
			if e.Outcome == "account activated" {
				entries[e.Customer]++
			}
		}
		done := 0
		for n := range atStake {
			id := store.CustomerID(fmt.Sprint("N", n))
			number, _ := tx.Number(timedNumber(n))
			c, _ := tx.Customer(id)
			_, account := tx.Account(id)
			_, name := tx.AccountByUsername(timedName(n))
			parts := []bool{!number.Used.IsZero(), !c.Holdings[0].OpenedAt.IsZero(), account, name, messages[id] > 0, entries[id] > 0}
			whole := !slices.Contains(parts, false)
			if !whole && (said[n] || slices.Contains(parts, true)) || messages[id] > 1 || entries[id] > 1 {
				t.Errorf("number %d: said %v; used %v, opened %v, account %v, username %v, %d messages, %d entries in the audit log",
					n, said[n], number.Used, c.Holdings[0].OpenedAt, account, name, messages[id], entries[id])
			}
			if whole {
				done++
			}
		}
		if done < len(said) || done > len(said)+kills {
			t.Errorf("%d were said to be activated, and %d are", len(said), done)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
