package etcd

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	pb "go.etcd.io/etcd/api/v3/etcdserverpb"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
)

// testNoRoom checks that a cluster without room returns an error to a writer but can still be read, even for a long time and
// by a new client.
func testNoRoom(t *testing.T, e *Engine) {
	put(t, e, "a/1", "kept")
	status, err := e.client.Status(t.Context(), e.client.Endpoints()[0])
	must(t, err)
	alarm := func(a pb.AlarmRequest_AlarmAction) {
		_, err := pb.NewMaintenanceClient(e.client.ActiveConnection()).Alarm(t.Context(),
			&pb.AlarmRequest{Action: a, MemberID: status.Header.MemberId, Alarm: pb.AlarmType_NOSPACE})
		must(t, err)
	}
	alarm(pb.AlarmRequest_ACTIVATE)
	defer alarm(pb.AlarmRequest_DEACTIVATE)
	if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/2", nil); return nil }); err == nil || !strings.Contains(err.Error(), "space exceeded") {
		t.Errorf("who writes is told %v", err)
	}
	newcomer := connect(t, Scheme+e.client.Endpoints()[0]+"/"+strings.Trim(e.keyPrefix, "/"))
	must(t, newcomer.View(t.Context(), func(kv kvdb.KV) error {
		kv.Get("a/2")
		within(kv).isPinDue.Store(true)
		if value, _ := kv.Get("a/1"); string(value) != "kept" {
			t.Errorf("got %q", value)
		}
		return nil
	}))
	said := 0
	must(t, newcomer.Check(t.Context(), func(error) { said++ }))
	if said != 1 {
		t.Errorf("a check found %d troubles", said)
	}
}

// testLogin checks that only the right user name and password open the desk, and that the desk goes on after its token has
// expired.
func testLogin(t *testing.T, e *Engine, cluster []*etcdtest.Member) {
	ctx := t.Context()
	for _, does := range []func() error{
		func() error { _, err := e.client.UserAdd(ctx, "root", "secret"); return err },
		func() error { _, err := e.client.UserGrantRole(ctx, "root", "root"); return err },
		func() error { _, err := e.client.AuthEnable(ctx); return err },
	} {
		must(t, does())
	}
	where := etcdtest.ClusterURL(cluster, "login")
	login := filepath.Join(t.TempDir(), "login")
	for text, fits := range map[string]bool{"root:secret\n": true, "root:wrong": false, "": false} {
		must(t, os.WriteFile(login, []byte(text), 0o600))
		e, err := Connect(ctx, where, Options{Login: login})
		if fits != (err == nil) {
			t.Fatalf("%q: %v", text, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), "wrong") {
				t.Errorf("the password is in %v", err)
			}
			continue
		}
		put(t, e, "a/1", "")
		for range 2 { // The engine's token is invalid by now.
			_, err = e.client.AuthDisable(ctx)
			must(t, err)
			_, err = e.client.AuthEnable(ctx)
			must(t, err)
			put(t, e, "a/1", "new")
			if got := get(t, e, "a/1"); got != "new" {
				t.Errorf("got %q", got)
			}
		}
		must(t, e.Close())
	}
	if _, err := Connect(ctx, where, Options{}); err == nil {
		t.Error("it opens for nobody")
	}
}

// soon is the longest time until a caller gets an error in these tests.
const soon = 20 * time.Second

// TestAway checks that no caller waits for ever while the cluster of a desk is unreachable, and that the desk goes on when the
// cluster is reachable again.
func TestAway(t *testing.T) {
	t.Parallel()
	member := etcdtest.StartCluster(t, 1)[0]
	where := Scheme + member.Client + "/desk"
	e, closed, impatient := connect(t, where), connect(t, where), connect(t, where)
	impatient.timeout = 3 * time.Second
	put(t, e, "a/1", "kept")
	put(t, closed, "b/1", "")
	inside, stopped := make(chan bool), make(chan bool)
	waiting := make(chan error)
	go func() {
		waiting <- closed.Update(t.Context(), func(kv kvdb.KV) error {
			kv.Get("b/1")
			close(inside)
			<-stopped
			kv.Put("b/1", nil)
			return nil
		})
	}()
	<-inside
	member.Stop()
	close(stopped)

	began := time.Now()
	refused, given := make(chan error), make(chan error)
	go func() {
		_, err := Connect(t.Context(), where, Options{})
		refused <- err
	}()
	go func() {
		given <- impatient.View(context.Background(), func(kv kvdb.KV) error { kv.Get("a/1"); return nil })
	}()
	t.Run("a context ends it", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		nothing := func(kv kvdb.KV) error { kv.Get("a/1"); return nil }
		if err := errors.Join(e.View(ctx, nothing)); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		if err := e.Update(ctx, nothing); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
	t.Run("it can be closed", func(t *testing.T) {
		began := time.Now()
		must(t, closed.Close())
		if err := <-waiting; err == nil {
			t.Error("what was under way is done")
		}
		if took := time.Since(began); took > retryTimeout*2/3 { // This is less time than a waiting caller would need.
			t.Errorf("it took %v", took)
		}
	})
	t.Run("nobody waits for ever", func(t *testing.T) {
		if err := <-given; !errors.Is(err, errNoMajority) || errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
	t.Run("a new one is told why", func(t *testing.T) {
		if err := <-refused; time.Since(began) > soon || !errors.Is(err, errNoMajority) || !strings.Contains(err.Error(), "refused") {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
	t.Run("who asked before it is back is answered", func(t *testing.T) {
		asked := make(chan string)
		go func() { asked <- get(t, e, "a/1") }()
		member.Restart(t)
		if got := <-asked; got != "kept" {
			t.Errorf("got %q", got)
		}
		put(t, e, "a/1", "new")
		if cause := context.Cause(e.LifetimeContext()); cause != nil {
			t.Errorf("its life is over by %v", cause)
		}
	})
}
