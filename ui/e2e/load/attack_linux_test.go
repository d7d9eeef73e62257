package load

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// attackers is the number of clients in TestAttacks that attack at the same time. Each attack takes half a minute. Loket must
// withstand 200.
var attackers = flag.Int("attackers", 0, "clients that attack at once in TestAttacks, if any")

// The limits on the costs of an attack.
const (
	attackTime   = 12 * time.Second
	attackMemory = 400 // attackMemory is the maximum memory of the server, in megabytes.
	// attackLatency is the maximum time from a key press of an ordinary visitor to the first byte of output, for 95 of 100
	// keys.
	attackLatency = 100 * time.Millisecond
)

// TestAttacks attacks a server in a separate process with hostile clients, while an ordinary visitor types.
func TestAttacks(t *testing.T) {
	if *attackers == 0 {
		t.Skip("only with -attackers")
	}
	server := startServer(t)
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			victim := server.visit(t)
			defer victim.leave()
			cmd := exec.Command(os.Args[0], "-test.run=^TestAttacker$", "-test.timeout=40s", "-attackers", strconv.Itoa(*attackers))
			cmd.Env = append(os.Environ(), attackName+"="+a.name, attackAddr+"="+server.addr)
			var said bytes.Buffer
			cmd.Stdout, cmd.Stderr = &said, &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			worked := server.busy(t)
			latencies, peak := victim.types(t, server, attackTime)
			worked = server.busy(t) - worked
			if err := cmd.Wait(); err != nil {
				t.Fatalf("%v\n%s", err, said.Bytes())
			}
			victim.leave()
			server.settle()
			p95 := latencies[len(latencies)*95/100]
			t.Logf("peak %d MB, later %d MB; %.0f %% of a core; key: %v median, %v p95, %v at most; open files %d; %s",
				peak/1e6, server.memory(t)/1e6, 100*worked.Seconds()/attackTime.Seconds(), latencies[len(latencies)/2].Round(time.Millisecond/10),
				p95.Round(time.Millisecond/10), latencies[len(latencies)-1].Round(time.Millisecond), server.files(t), said.String())
			if peak > attackMemory*1e6 {
				t.Errorf("it took %d MB", peak/1e6)
			}
			if p95 > attackLatency {
				t.Errorf("somebody else waited %v", p95)
			}
		})
	}
}

// betweenKeys is the time between two keys of a visitor who types fast.
const betweenKeys = 100 * time.Millisecond

// types makes a visitor type for the given time. It returns how long each key took, sorted, and the maximum memory of the
// server in bytes.
func (v *visitor) types(t *testing.T, s *server, long time.Duration) (latencies []time.Duration, peak int) {
	from := v.received()
	v.press("2")
	v.shows("Gebruikersnaam", from) // The visitor types into the form to log in.
	keys := time.NewTicker(betweenKeys)
	defer keys.Stop()
	for end, i := time.Now().Add(long), 0; time.Now().Before(end); i++ {
		<-keys.C
		from := v.received()
		began := time.Now()
		v.press([]string{"a", "\x7f"}[i%2])
		v.more(from)
		latencies = append(latencies, time.Since(began))
		peak = max(peak, s.memory(t))
	}
	slices.Sort(latencies)
	return latencies, peak
}

func (s *server) files(t *testing.T) int {
	all, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// The environment variables by which TestAttacks instructs TestAttacker.
const (
	attackName = "LOKET_TEST_ATTACK"
	attackAddr = "LOKET_TEST_ATTACK_ADDRESS"
)

// TestAttacker runs in the process with the hostile clients. This process has a low priority, because real clients would be on
// other machines.
func TestAttacker(t *testing.T) {
	name := os.Getenv(attackName)
	i := slices.IndexFunc(attacks, func(a attack) bool { return a.name == name })
	if i < 0 {
		t.Skip("only for TestAttacks")
	}
	const most = 19
	tasks, _ := os.ReadDir("/proc/self/task")
	for _, task := range tasks {
		id, _ := strconv.Atoi(task.Name())
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, most)
	}
	ctx, cancel := context.WithTimeout(t.Context(), attackTime)
	defer cancel()
	var did, failed atomic.Int64
	var why sync.Map
	for n := range *attackers {
		go func() {
			for ctx.Err() == nil {
				h := &hostile{Context: ctx, n: n, addr: os.Getenv(attackAddr)}
				count := &did
				if err := attacks[i].do(h); err != nil {
					count = &failed
					why.Store(portless.ReplaceAllString(err.Error(), ""), true)
				}
				count.Add(1)
				h.leave()
				h.pause(50 * time.Millisecond)
			}
		}()
	}
	<-ctx.Done() // In some attacks, a client waits in vain.
	fmt.Printf("%d attempts, and %d that failed\n", did.Load(), failed.Load())
	why.Range(func(reason, _ any) bool { fmt.Println(reason); return true })
}

// portless matches network addresses, to remove them from an error.
var portless = regexp.MustCompile(`[0-9.]+:[0-9]+`)
