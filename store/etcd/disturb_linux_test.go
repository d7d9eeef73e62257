package etcd_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
)

// troubles is the number of times that TestTrouble injects each fault.
var troubles = flag.Int("troubles", 1, "rounds of trouble that TestTrouble brings on")

// patience is how long a visitor waits for an answer.
const patience = 30 * time.Second

// TestTrouble uses two desks on one cluster while members of the cluster are killed and hang. Afterwards everything that
// visitors were told must be true: the history must be linearizable.
func TestTrouble(t *testing.T) {
	t.Parallel()
	cluster := etcdtest.StartProcessCluster(t, 3)
	r := newRecord(t, cluster)
	registers, counter, desk := newRegisters(r), newCounter(r), newDesks(r)
	var work sync.WaitGroup
	for _, w := range slices.Concat(registers.workers(), counter.workers(), desk.workers()) {
		work.Go(w)
	}
	began := time.Now()
	r.goesOn("it began")
	for range *troubles {
		etcdtest.KillAndSuspendMembers(t, cluster, r.goesOn)
	}
	close(r.over)
	work.Wait()
	t.Logf("%d answers and %d errors in %v; the longest took %v", r.answers, r.unknown, time.Since(began).Round(time.Second/10), r.longest.Round(time.Millisecond))
	registers.check()
	counter.check()
	desk.check()
}

// A record has the history of requests and their answers.
type record struct {
	t     *testing.T
	began time.Time
	over  chan struct{} // over is closed when no more requests should be made.
	heard chan struct{} // heard gets a signal for each answer, if anybody receives it.

	cluster []*etcdtest.Member
	proxies []*etcdtest.Proxy // proxies has the proxy to each member.

	mu      sync.Mutex
	history map[string][]porcupine.Operation
	answers int
	unknown int
	longest time.Duration
}

func newRecord(t *testing.T, cluster []*etcdtest.Member) *record {
	r := &record{
		t: t, began: time.Now(), over: make(chan struct{}), heard: make(chan struct{}),
		cluster: cluster, history: map[string][]porcupine.Operation{},
	}
	for _, m := range cluster {
		r.proxies = append(r.proxies, m.Proxy(t))
	}
	return r
}

// connect opens a desk twice, as two processes would. The connections of one of them are unreliable.
func (r *record) connect(prefix string) (engines [2]*etcd.Engine) {
	r.t.Helper()
	var hosts []string
	for _, p := range r.proxies {
		hosts = append(hosts, p.Client)
	}
	for n, where := range []string{etcdtest.ClusterURL(r.cluster, prefix), etcd.Scheme + strings.Join(hosts, ",") + "/" + prefix} {
		e, err := etcd.Connect(r.t.Context(), where, etcd.Options{})
		if err != nil {
			r.t.Fatal(err)
		}
		r.t.Cleanup(func() { e.Close() })
		engines[n] = e
	}
	return engines
}

// goesOn waits until more requests have been answered, while other answers are lost.
func (r *record) goesOn(after string) {
	r.t.Helper()
	const answers, lost = 150, 10
	began := time.Now()
	for n := range answers {
		select {
		case <-r.heard:
		case <-time.After(2 * patience):
			r.t.Fatalf("nothing was answered any more after %s", after)
		}
		for _, p := range r.proxies {
			switch n % (2 * answers / lost) {
			case 0:
				p.LoseResponse()
			case answers / lost:
				p.LoseRequest()
			}
		}
	}
	r.t.Logf("%s: %d answers within %v", after, answers, time.Since(began).Round(time.Millisecond))
}

// goes reports whether more requests should be made.
func (r *record) goes() bool {
	select {
	case <-r.over:
		return false
	default:
		return !r.t.Failed()
	}
}

// ask makes a request, and records its answer in the histories that say returns, or nowhere if say returns nil. After an error
// it is unknown whether the request was or will be carried out, so the request is recorded as unfinished until the end.
func (r *record) ask(do func(context.Context) error, say func() map[string]porcupine.Operation) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	call := time.Since(r.began)
	err = do(ctx)
	end := time.Since(r.began)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.longest = max(r.longest, end-call)
	if err != nil {
		r.unknown++
		r.t.Logf("unknown: %v", err)
	} else {
		r.answers++
	}
	for name, op := range say() {
		if op.Call, op.Return = int64(call), int64(end); err != nil {
			op.Output, op.Return = nil, math.MaxInt64
		}
		r.history[name] = append(r.history[name], op)
	}
	select {
	case r.heard <- struct{}{}:
	default:
	}
	return err
}

// check checks that a history agrees with a model. An operation without an answer may have been done, but can be placed after
// all others, where it has no effect; so models treat it as done.
func (r *record) check(name string, model porcupine.Model) {
	r.t.Helper()
	const enough = time.Minute
	if got := porcupine.CheckOperationsTimeout(model, r.history[name], enough); got != porcupine.Ok {
		r.t.Errorf("%s: %s", name, got)
		for _, op := range r.history[name] {
			r.t.Logf("%s: %v: %v", name, fmt.Sprint(time.Duration(op.Call), " to ", time.Duration(op.Return)), fmt.Sprintf("%+v: %+v", op.Input, op.Output))
		}
	}
}
