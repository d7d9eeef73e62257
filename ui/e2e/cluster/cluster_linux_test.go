// Package cluster tests two desks that use one etcd cluster while a member of the cluster is killed.
package cluster

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loket/store/etcd/etcdtest"
	"loket/ui/e2e/driver"
)

var activations = flag.Int("activations", 30, "how many numbers two desks on a cluster have at stake")

// TestTwoDesks lets customers at two desks on one cluster use the same activation
// numbers, while the leader of the cluster is killed. It checks that each number is
// used once, by the customer who read that the account is activated. Other customers
// are told that the outcome is unknown only if a desk reported an error.
//
//	go test ./ui/e2e/cluster -run TestTwoDesks -activations 1000 -v
//
// With a thousand numbers, every number was used once, by the customer who read so, and
// nobody was told to try again.
func TestTwoDesks(t *testing.T) {
	loket, cluster := driver.BuildProgram(t), etcdtest.StartProcessCluster(t, 3)
	where, keys := etcdtest.ClusterURL(cluster, "desk"), filepath.Join(t.TempDir(), "keys")
	on := func(args ...string) *exec.Cmd {
		cmd := exec.Command(loket, append(args, "--db", where, "--keys", keys)...)
		cmd.Env = append(os.Environ(), "LANG=C.UTF-8", "TERM=dumb")
		return cmd
	}
	bring := on("import", "-")
	bring.Stdin = atStake(*activations)
	if out, err := bring.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var done, troubles atomic.Int64
	half := make(chan struct{})                // half is closed after half of the numbers have been activated.
	used := make([]atomic.Int64, *activations) // used counts, for each number, the customers who read that they activated it.
	var both sync.WaitGroup
	for range 2 {
		s := comesTo(t, on("kiosk", "--plain", "--kiosk", "--set-neutral", "1ms", "--set-terminal-tries", "1000000"))
		both.Go(func() {
			for n := range used {
				for !s.activates(n, &used[n], &troubles) {
				}
				if done.Add(1) == max(int64(*activations)/2, 1) {
					close(half)
				}
			}
		})
	}
	select {
	case <-half:
	case <-time.After(time.Minute):
	}
	leads := etcdtest.AwaitLeader(t, cluster)
	leads.Stop()
	both.Wait()
	leads.Restart(t)
	t.Logf("%d numbers, %d times trouble", *activations, troubles.Load())
	missing := int64(0)
	for n := range used {
		switch by := used[n].Load(); {
		case by > 1:
			t.Errorf("number %d was used %d times", n, by)
		case by == 0:
			missing++
		}
	}
	if missing > troubles.Load() {
		t.Errorf("of %d numbers nobody read that they used them, and there was trouble %d times", missing, troubles.Load())
	}
	stats, err := on("stats", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var counts struct {
		Records map[string]int
	}
	if err := json.Unmarshal(stats, &counts); err != nil {
		t.Fatal(err)
	}
	if got := counts.Records["account"]; got != *activations {
		t.Errorf("%d accounts, want %d: %s", got, *activations, stats)
	}
}

// atStake returns an import of the given number of customers, each with an activation number.
func atStake(count int) io.Reader {
	var b bytes.Buffer
	for n := range count {
		fmt.Fprintf(&b, `{"type":"customer","id":"K%d","initials":"A.","surname":"Klant","birth_date":"1961-04-09","street":"Dorpsstraat","house_number":%d,"postcode":"3511 AB","city":"Utrecht","language":"nl"}
{"type":"product","id":"P%d","kind":"nonlife","name":"Reisverzekering","number":"88-%d","holders":["K%d"],"since":"2026-11-18"}
{"type":"application","id":"A%d","product":"P%d","applicants":["K%d"],"submitted":"2026-11-18"}
{"type":"activation_number","application":"A%d","customer":"K%d","number":"%012d","issued":"2026-11-19","expires":"2036-05-19"}
`, n, n+1, n, n, n, n, n, n, n, n, n)
	}
	return &b
}

// A stander is a customer at a desk that reads and writes line by line.
type stander struct {
	*testing.T
	in   io.Writer
	out  io.Reader
	seen string
}

func comesTo(t *testing.T, cmd *exec.Cmd) *stander {
	t.Helper()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	s := &stander{T: t, in: in, out: out}
	s.hears("Kies een nummer:")
	return s
}

// hears reads until the desk writes one of the given texts, and returns that text.
func (s *stander) hears(any ...string) string {
	chunk := make([]byte, 4096)
	for {
		for _, text := range any {
			if at := strings.Index(s.seen, text); at >= 0 {
				s.seen = s.seen[at+len(text):]
				return text
			}
		}
		n, err := s.out.Read(chunk)
		if err != nil {
			s.Errorf("%v before any of %q in %q", err, any, s.seen)
			return ""
		}
		s.seen += string(chunk[:n])
	}
}

func (s *stander) types(line string) { fmt.Fprintln(s.in, line) }

// The texts of a desk about the result of an activation.
const (
	activated = "Je account is geactiveerd"
	usedUp    = "al gebruikt"
	raced     = "werkt niet meer"
	hasOne    = "intussen een account"
	taken     = "niet mogelijk"
	trouble   = "Het lukt ons nu niet"
)

// activates tries to use an activation number. It reports whether the number has been used, by this customer or by another
// one.
func (s *stander) activates(n int, here, troubles *atomic.Int64) (over bool) {
	defer func() {
		s.types("/stop")
		s.hears("Kies een nummer:")
	}()
	s.types("1")
	for _, line := range []string{fmt.Sprintf("%012d", n), "9-4-1961", "3511 AB"} {
		s.types(line)
	}
	switch s.hears("Gebruikersnaam:", usedUp, raced, trouble) {
	case usedUp, raced, "":
		return true
	case trouble:
		troubles.Add(1)
		return false
	}
	for _, line := range []string{fmt.Sprintf("klant%06d", n), "Goed-gekozen1", "Goed-gekozen1"} {
		s.types(line)
	}
	switch s.hears(activated, usedUp, raced, hasOne, taken, trouble) {
	case activated:
		here.Add(1)
		return true
	case trouble:
		troubles.Add(1)
		return false
	}
	return true
}
