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
	// childVariable is the environment variable that makes a process the child that gets killed. Its value is the place of the
	// child's database.
	childVariable = "LOKET_STORETEST_WRITES_AT"

	// acknowledgedPrefix begins a line of the child's output; the acknowledged update follows.
	acknowledgedPrefix = "acknowledged "
	writerCount        = 4 // writerCount is the number of goroutines that write in the child process.
)

// CheckDurability kills a writing process with SIGKILL, and checks that the database has every acknowledged update, and no
// update in part. It does this several times with the same database. A kill leaves the operating system's cache intact, so the
// check says nothing about a power cut.
//
// where makes an empty database and returns its place; open opens it. The child process is the test binary itself, which runs
// the same test up to this call, so the test should do nothing else.
func CheckDurability(t *testing.T, where func(t *testing.T) string, open func(t *testing.T, where string) kvdb.Engine) {
	if at := os.Getenv(childVariable); at != "" {
		writePairsForever(t, open(t, at))
		return
	}
	at := where(t)
	known := map[string]bool{}
	for round, updates := range []int{1, 10, 50, 200, 100} {
		for _, pair := range killAfterUpdates(t, at, updates) {
			known[pair] = true
		}
		e := open(t, at)
		checkPairs(t, e, known, (round+1)*writerCount)
		mustClose(t, e)
	}
}

// writePairsForever runs in the child until it is killed. From several goroutines it puts pairs of keys, one in table left and one in
// table right, and prints an acknowledgement for each pair.
func writePairsForever(t *testing.T, e kvdb.Engine) {
	var wg sync.WaitGroup
	for writer := range writerCount {
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

// tryScrub calls e.Scrub and ignores ErrTooManyConflicts.
func tryScrub(t testing.TB, e kvdb.Engine) {
	t.Helper()
	if err := e.Scrub(t.Context()); err != nil && !errors.Is(err, kvdb.ErrTooManyConflicts) {
		t.Errorf("scrub: %v", err)
	}
}

// killAfterUpdates starts a child that writes, kills it once it has acknowledged the given number of updates, and returns all
// updates that it acknowledged.
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

// checkPairs checks that the database has every known pair, and no incomplete pair. It may have up to doubtful more pairs,
// which were written but not acknowledged.
func checkPairs(t *testing.T, e kvdb.Engine, known map[string]bool, doubtful int) {
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

// findPairs returns the pairs whose key is in the given table, and checks their values.
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
