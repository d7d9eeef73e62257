package etcd

import (
	"errors"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
	"loket/store/storetest"
)

// TestKilled checks that no acknowledged update is lost when the process of a desk is killed and its cluster goes on.
func TestKilled(t *testing.T) {
	elsewhere(t)
	storetest.CheckDurability(t, place, openAt)
}

func TestKilledWhileReplacing(t *testing.T) {
	elsewhere(t)
	storetest.CheckReplaceKilled(t, place, openAt)
}

// elsewhere skips the test under the race detector, because the test runs in another process, which the detector does not see.
func elsewhere(t *testing.T) {
	t.Parallel()
	if underRace {
		t.Skip("it takes minutes, and shows no races")
	}
}

func place(t *testing.T) string { return etcdtest.ClusterURL(etcdtest.StartCluster(t, 1), "desk") }

func openAt(t *testing.T, where string) kvdb.Engine { return connect(t, where) }

// testLeftGeneration checks that Scrub deletes the leftovers of a process that died in a Replace, and nothing else.
func testLeftGeneration(t *testing.T, e *Engine) {
	put(t, e, "a/1", "kept")
	for _, name := range []string{"LEFT", "FILLED"} {
		_, err := e.client.Put(t.Context(), e.generationPrefix(name)+"a/1", "")
		must(t, err)
	}
	_, err := e.client.Put(t.Context(), e.fillingKey("FILLED"), "")
	must(t, err)
	if err := e.Scrub(t.Context()); err != nil && !errors.Is(err, kvdb.ErrTooManyConflicts) {
		t.Error(err)
	}
	for name, want := range map[string]int64{"": 1, "LEFT": 0, "FILLED": 1} {
		if got := keysOf(t, e, name); got != want {
			t.Errorf("generation %q has %d keys", name, got)
		}
	}
}

func keysOf(t *testing.T, e *Engine, generation string) int64 {
	t.Helper()
	answer, err := e.client.Get(t.Context(), e.generationPrefix(generation), clientv3.WithPrefix(), clientv3.WithCountOnly())
	must(t, err)
	return answer.Count
}

// testChosenByAnother checks that clearing up after a Replace does not delete a generation that another process chose in the
// meantime, nor one that is current in spite of an error.
func testChosenByAnother(t *testing.T, e *Engine) {
	name := "OTHER"
	fill := func(put func(string, []byte) error) error { return put("a/1", []byte("other")) }
	must(t, e.fillGeneration(t.Context(), name, fill))
	must(t, e.makeGenerationCurrent(t.Context(), name))
	must(t, e.clearOtherGenerations(t.Context()))
	must(t, e.removeGeneration(t.Context(), name))
	if got := get(t, e, "a/1"); got != "other" {
		t.Errorf("got %q", got)
	}
}

// testNotFilledOn checks that a generation that another process considers abandoned is not filled any further, and never
// becomes current.
func testNotFilledOn(t *testing.T, e *Engine) {
	put(t, e, "a/1", "kept")
	err := e.Replace(t.Context(), func(put func(string, []byte) error) error {
		_, err := e.client.Delete(t.Context(), e.keyPrefix+"filling/", clientv3.WithPrefix())
		return errors.Join(err, put("a/1", []byte("new")))
	})
	if !errors.Is(err, kvdb.ErrTooManyConflicts) {
		t.Error(err)
	}
	if got := get(t, e, "a/1"); got != "kept" {
		t.Errorf("got %q", got)
	}
}
