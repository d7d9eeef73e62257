package etcd

import (
	"errors"
	"testing"
	"time"

	"loket/store/etcd/etcdtest"
)

// TestSomeAway checks that a desk opens while one of three members is down or hangs. If two are, it checks that the error
// gives the reason.
func TestSomeAway(t *testing.T) {
	t.Parallel()
	cluster := etcdtest.StartProcessCluster(t, 3)
	where := etcdtest.ClusterURL(cluster, "desk")
	cluster[0].Suspend(t)
	put(t, connect(t, where), "a/1", "kept")
	cluster[0].Stop()
	if got := get(t, connect(t, where), "a/1"); got != "kept" {
		t.Errorf("with one away: got %q", got)
	}
	cluster[1].Stop()
	began := time.Now()
	if _, err := Connect(t.Context(), where, Options{}); !errors.Is(err, errNoMajority) || time.Since(began) > soon {
		t.Errorf("with two away, after %v: %v", time.Since(began), err)
	} else {
		t.Logf("with two away, after %v: %v", time.Since(began), err)
	}
	cluster[1].Restart(t)
	if got := get(t, connect(t, where), "a/1"); got != "kept" {
		t.Errorf("when it is back: got %q", got)
	}
}
