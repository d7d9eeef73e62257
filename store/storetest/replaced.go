package storetest

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"loket/store/kvdb"
)

// CheckReplaceKilled kills a process that calls Replace again and again, with SIGKILL at different points of a Replace. It
// checks that the database has either all old entries or all new ones, and the new ones if the Replace was acknowledged. Its
// parameters are the same as those of CheckDurability.
func CheckReplaceKilled(t *testing.T, where func(t *testing.T) string, open func(t *testing.T, where string) kvdb.Engine) {
	if at := os.Getenv(childVariable); at != "" {
		replaceForever(t, open(t, at))
		return
	}
	at := where(t)
	last := 0
	for round := range 10 {
		steps := killAfterUpdates(t, at, 1+round) // One Replace acknowledges seven steps.
		e := open(t, at)
		found := readGeneration(t, e)
		requireUndamaged(t, e)
		mustClose(t, e)
		if acknowledged := lastGeneration(steps); found < max(last, acknowledged) {
			t.Errorf("generation %d is there, after %d was acknowledged", found, max(last, acknowledged))
		}
		last = found
	}
	t.Logf("generation %d", last)
}

// entriesPerGeneration is the number of entries in a generation. It is more than one commit takes.
const entriesPerGeneration = 30_000

// replaceForever replaces each generation of entries with the next one, and prints its progress.
func replaceForever(t *testing.T, e kvdb.Engine) {
	for n := readGeneration(t, e) + 1; !t.Failed(); n++ {
		if err := e.Replace(context.Background(), func(put putFunc) error {
			value := []byte(strconv.Itoa(n) + strings.Repeat(" ", 300))
			for k := range entriesPerGeneration {
				if k%(entriesPerGeneration/5) == 0 {
					fmt.Println(acknowledgedPrefix + "some")
				}
				if err := put(nthKey("a/", k), value); err != nil {
					return err
				}
			}
			fmt.Println(acknowledgedPrefix + "all")
			return nil
		}); err != nil {
			t.Error(err)
		}
		fmt.Println(acknowledgedPrefix + "generation " + strconv.Itoa(n))
	}
}

// readGeneration checks that e contains exactly one complete generation, and returns its number, or 0 if e is empty.
func readGeneration(t *testing.T, e kvdb.Engine) (n int) {
	t.Helper()
	seen := 0
	mustView(t, e, func(kv kvdb.KV) {
		for k, value := range kv.Scan("a/") {
			at, err := strconv.Atoi(strings.TrimSpace(string(value)))
			if seen > 0 && at != n || err != nil || k != nthKey("a/", seen) {
				t.Fatalf("found %q of generation %.10q after some of %d", k, value, n)
			}
			n = at
			seen++
		}
	})
	if seen != 0 && seen != entriesPerGeneration {
		t.Errorf("found %d of %d entries of generation %d", seen, entriesPerGeneration, n)
	}
	return n
}

// lastGeneration returns the number of the last generation that a child acknowledged.
func lastGeneration(steps []string) (n int) {
	for _, step := range steps {
		if generation, is := strings.CutPrefix(step, "generation "); is {
			n, _ = strconv.Atoi(generation)
		}
	}
	return n
}
