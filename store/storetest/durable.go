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
	// childVariable tells a process that it is the one to be killed, and where.
	childVariable = "LOKET_STORETEST_WRITES_AT"

	acknowledged = "acknowledged " // and what, on a line of the child's output
	writers      = 4               // in the child, at once
)

// CheckDurability kills a process that writes, with SIGKILL, and checks that the
// database has each update that was acknowledged, and none by half. It does so
// several times over, on the same database. A kill leaves the operating
// system's cache as it is, so this says nothing about a power cut.
//
// where makes an empty database, open opens it. The process to be killed is the
// test binary itself, running the same test as far as Durable, so that a test
// should do nothing but call it.
func CheckDurability(t *testing.T, where func(t *testing.T) string, open func(t *testing.T, where string) kvdb.Engine) {
	if at := os.Getenv(childVariable); at != "" {
		writePairs(t, open(t, at))
		return
	}
	at := where(t)
	known := map[string]bool{}
	for round, updates := range []int{1, 10, 50, 200, 100} {
		for _, pair := range killAfter(t, at, updates) {
			known[pair] = true
		}
		e := open(t, at)
		wantPairs(t, e, known, (round+1)*writers)
		mustClose(t, e)
	}
}

// writePairs puts pairs of keys, left and right, from several goroutines, and
// says so after each, until the process is killed.
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
				fmt.Println(acknowledged + pair)
				tryScrub(t, e)
			}
		})
	}
	wg.Wait()
}

// tryScrub scrubs, unless that is for another time.
func tryScrub(t testing.TB, e kvdb.Engine) {
	t.Helper()
	if err := e.Scrub(t.Context()); err != nil && !errors.Is(err, kvdb.ErrBusy) {
		t.Errorf("scrub: %v", err)
	}
}

// killAfter has a child write at a place, kills it when it has acknowledged as
// many updates, and returns all that it had acknowledged by then.
func killAfter(t *testing.T, at string, updates int) (pairs []string) {
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
		pair, ok := strings.CutPrefix(lines.Text(), acknowledged)
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

// wantPairs checks that each known pair is there and each that is there is
// whole. Up to doubtful ones more may have been written and not acknowledged.
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

// findPairs finds the pairs that have a key in table, and checks its value.
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
