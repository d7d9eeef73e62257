package storetest

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"loket/store/kvdb"
)

const (
	// childVariable tells a process that it is the child to be killed, and where its
	// database is.
	childVariable = "LOKET_STORETEST_WRITES_AT"

	acknowledgedPrefix = "acknowledged " // begins a line of the child's output, followed by what was acknowledged
	writers            = 4               // concurrent, in the child
)

// CheckDurability kills a writing process with SIGKILL, and checks that the database has
// each acknowledged update, and no half of one. It does so several times with the same
// database. A kill leaves the operating system's cache intact, so this says nothing about
// a power cut.
//
// where makes an empty database, open opens it. The child is the test binary itself,
// which runs the same test up to this call, so a test should do nothing else.
func CheckDurability(t *testing.T, where func(t *testing.T) string, open func(t *testing.T, where string) kvdb.Engine) {
	if at := os.Getenv(childVariable); at != "" {
		writePairs(t, open(t, at))
		return
	}
	at := where(t)
	known := map[string]bool{}
	for round, updates := range []int{1, 10, 50, 200, 100} {
		for _, pair := range killAfterUpdates(t, at, updates) {
			known[pair] = true
		}
		e := open(t, at)
		wantPairs(t, e, known, (round+1)*writers)
		mustClose(t, e)
	}
}

// writePairs puts pairs of keys, left and right, from several goroutines, and
// acknowledges each on standard output, until the process is killed.
func writePairs(t *testing.T, e kvdb.Engine) {
	var wg sync.WaitGroup
	for writer := range writers {
		wg.Go(func() {
			mine := fmt.Sprintf("%d/", writer)
			var next int
			mustView(t, e, func(kv kvdb.KV) { next = len(listEntries(kv, "left/"+mine)) })
			for ; !t.Failed(); next++ {
				pair := nthKey(mine, next)
				putKeys(t, e, "left/"+pair, "right/"+pair)
				fmt.Println(acknowledgedPrefix + pair)
				tryScrub(t, e)
			}
		})
	}
	wg.Wait()
}

// tryScrub scrubs, and ignores ErrBusy.
func tryScrub(t testing.TB, e kvdb.Engine) {
	t.Helper()
	if err := e.Scrub(t.Context()); err != nil && !errors.Is(err, kvdb.ErrBusy) {
		t.Errorf("scrub: %v", err)
	}
}

// killAfterUpdates starts a child that writes, kills it when it has acknowledged a number of
// updates, and returns all that it acknowledged.
func killAfterUpdates(t *testing.T, at string, updates int) (pairs []string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$")
	child.Env = append(os.Environ(), childVariable+"="+at)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var other []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		pair, ok := strings.CutPrefix(lines.Text(), acknowledgedPrefix)
		if !ok {
			other = append(other, lines.Text())
			continue
		}
		if pairs = append(pairs, pair); len(pairs) == updates {
			child.Process.Kill()
		}
	}
	if err := child.Wait(); len(pairs) < updates {
		t.Fatalf("the child ended by itself: %v\n%s", err, strings.Join(other, "\n"))
	}
	return pairs
}

// wantPairs checks that each known pair is there, and that each pair is complete. Up to
// doubtful more pairs may have been written without acknowledgement.
func wantPairs(t *testing.T, e kvdb.Engine, known map[string]bool, doubtful int) {
	t.Helper()
	left, right := findPairs(t, e, "left/"), findPairs(t, e, "right/")
	if !maps.Equal(left, right) {
		t.Errorf("some pairs are not whole: left has %d, right %d", len(left), len(right))
	}
	for _, pair := range slices.Sorted(maps.Keys(known)) {
		if !left[pair] {
			t.Errorf("%s was acknowledged and is lost", pair)
		}
	}
	if more := len(left) - len(known); more > doubtful {
		t.Errorf("%d pairs were written and not acknowledged, want at most %d", more, doubtful)
	}
	t.Logf("%d pairs acknowledged, %d written", len(known), len(left))
}

// findPairs returns the pairs that have a key in table, and checks their values.
func findPairs(t *testing.T, e kvdb.Engine, table string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	mustView(t, e, func(kv kvdb.KV) {
		for key, value := range kv.Scan(table) {
			found[strings.TrimPrefix(key, table)] = true
			if string(value) != key {
				t.Errorf("%s has the value %q", key, value)
			}
		}
	})
	return found
}
