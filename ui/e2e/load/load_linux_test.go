// Package load measures the desk over SSH, with many visitors at once and with hostile clients. Start at TestSessions, and at
// the flags -sessions and -attackers.
package load

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/crypto/ssh"

	"loket/ui/e2e/driver"
)

// sessions is the number of visitors who come at once in TestSessions. If there are many of them, the test also measures their
// cost, which takes half a minute.
var sessions = flag.Int("sessions", 12, "sessions that TestSessions opens")

const many = 100

// The limits on the cost of 200 sessions together, on two cores.
const (
	mostMemory = 1.0  // mostMemory is the number of megabytes for each session, above the memory of a server without sessions.
	mostIdle   = 0.15 // mostIdle is the fraction of one core that idle sessions use.
	// mostLatency is the maximum time from a key press to the first byte of output, for 95 of 100 keys.
	mostLatency = 20 * time.Millisecond
	mostBytes   = 25 // mostBytes is the number of bytes of output for each typed character.
)

// TestSessions lets many visitors connect at once to a server in a separate process.
//
//	go test ./ui/e2e/load -run 'TestSessions$' -sessions 200 -v
//
// Results with client and server on the same two shared cores: 200 demo sessions show
// the home menu after 1.4 to 2.8 s. Each session takes 0.5 to 0.7 MB, above 28 MB for the
// server. While idle, all sessions together use 9 to 11 % of a core. After they have ended, the
// server takes 37 MB. The first byte of output comes 1.5 ms after a key press (median), or 2 to
// 3 ms (p95). A typed character takes 9 bytes of output.
func TestSessions(t *testing.T) {
	server := startServer(t, "--set-ssh-sessions", "1000", "--set-ssh-sessions-per-address", "1000",
		"--set-ssh-connect-burst", "1000", "--set-ssh-handshakes", "1000")
	warm := server.visit(t) // A first visit makes the parts that are made only once, so that they are not counted.
	warm.leave()
	var before int
	if *sessions >= many {
		server.settle()
		before = server.memory(t)
	}

	visitors := make([]*visitor, *sessions)
	began := time.Now()
	var coming sync.WaitGroup
	for i := range visitors {
		coming.Go(func() { visitors[i] = server.visit(t) })
	}
	coming.Wait()
	if t.Failed() {
		return
	}
	t.Logf("%d sessions are at home after %.1f s", *sessions, time.Since(began).Seconds())

	if *sessions >= many {
		server.settle()
		each := float64(server.memory(t)-before) / float64(*sessions) / 1e6
		t.Logf("memory: %.1f MB without sessions, and %.2f MB for each", float64(before)/1e6, each)
		if each > mostMemory {
			t.Errorf("a session takes %.2f MB", each)
		}
		const look = 10 * time.Second
		busy := server.busy(t)
		<-time.After(look)
		idle := float64(server.busy(t)-busy) / float64(look)
		t.Logf("idle: %.1f %% of a core", 100*idle)
		if idle > mostIdle {
			t.Errorf("idle sessions take %.1f %% of a core", 100*idle)
		}
	}
	keys(t, visitors)
	for _, v := range visitors {
		v.leave()
	}
	if *sessions >= many {
		server.settle()
		t.Logf("memory after all have gone: %.1f MB", float64(server.memory(t))/1e6)
	}
}

// keys makes visitors type, one after the other, and measures latency and output.
func keys(t *testing.T, visitors []*visitor) {
	visitors = visitors[:min(len(visitors), 20)]
	var took []time.Duration
	var sent int
	for _, v := range visitors {
		from := v.received()
		v.press("2")
		v.shows("Gebruikersnaam", from) // The visitor types into the form to log in.
	}
	for i := range 200 {
		v, letter := visitors[i%len(visitors)], string(rune('a'+i%26))
		from := v.received()
		began := time.Now()
		v.press(letter)
		v.more(from)
		took = append(took, time.Since(began))
		v.shows(letter, from)
		sent += v.received() - from
	}
	slices.Sort(took)
	p50, p95 := took[len(took)/2], took[len(took)*95/100]
	each := float64(sent) / float64(len(took))
	t.Logf("a key: first byte after %v (median), %v (p95); %.1f bytes", p50.Round(time.Millisecond/10), p95.Round(time.Millisecond/10), each)
	if each > mostBytes {
		t.Errorf("a character costs %.1f bytes", each)
	}
	if p95 > mostLatency && len(visitors) >= 20 && *sessions >= many {
		t.Errorf("p95 is %v", p95)
	}
}

// server is loket serve in a separate process.
type server struct {
	*exec.Cmd
	addr string
}

var openOn = regexp.MustCompile(`Open on (\S+),`)

func startServer(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{Cmd: exec.Command(driver.BuildProgram(t), append([]string{"serve", "--listen", "127.0.0.1:0", "--state", t.TempDir()}, args...)...)}
	said, err := s.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Signal(os.Interrupt); _ = s.Wait() })
	line := make([]byte, 4096)
	n, _ := said.Read(line)
	match := openOn.FindSubmatch(line[:n])
	if match == nil {
		t.Fatalf("the server says %q", line[:n])
	}
	s.addr = string(match[1])
	go io.Copy(io.Discard, said)
	return s
}

// settle waits until the server has returned its garbage to the system, which it does two seconds after many visitors came or
// left.
func (s *server) settle() { <-time.After(3 * time.Second) }

// memory returns the number of bytes of the server that are in memory.
func (s *server) memory(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kB, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kB * 1024
}

// busy returns the processor time that the server has used.
func (s *server) busy(t *testing.T) time.Duration {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')'):]))
	user, err1 := strconv.Atoi(fields[12])
	system, err2 := strconv.Atoi(fields[13])
	if err := cmp.Or(err1, err2); err != nil {
		t.Fatal(err)
	}
	const tick = 10 * time.Millisecond
	return time.Duration(user+system) * tick
}

// visitor is an SSH client with a terminal of 80 by 24.
type visitor struct {
	t       *testing.T
	client  *ssh.Client
	session *ssh.Session
	in      io.Writer

	mu   sync.Mutex
	seen []byte
	news *sync.Cond
}

func (s *server) visit(t *testing.T) *visitor {
	v := &visitor{t: t}
	v.news = sync.NewCond(&v.mu)
	config := &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	var err error
	if v.client, err = ssh.Dial("tcp", s.addr, config); err != nil {
		t.Error(err)
		return v
	}
	if v.session, err = v.client.NewSession(); err != nil {
		t.Error(err)
		return v
	}
	v.session.Stdout = v
	in, err1 := v.session.StdinPipe()
	v.in = in
	if err := cmp.Or(err1, v.session.RequestPty("xterm-256color", 24, 80, nil), v.session.Shell()); err != nil {
		t.Error(err)
		return v
	}
	v.shows("Waarmee kunnen we je helpen?", 0)
	return v
}

// Write receives the output of the server.
func (v *visitor) Write(p []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.seen = append(v.seen, p...)
	v.news.Broadcast()
	return len(p), nil
}

func (v *visitor) press(keys string) { _, _ = io.WriteString(v.in, keys) }

func (v *visitor) received() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.seen)
}

// more waits until the server has sent more than the given number of bytes.
func (v *visitor) more(than int) { v.until(func() bool { return len(v.seen) > than }) }

// shows waits until text is shown after the given number of bytes.
func (v *visitor) shows(text string, from int) {
	v.until(func() bool { return strings.Contains(ansi.Strip(string(v.seen[from:])), text) })
}

func (v *visitor) until(true func() bool) {
	late := time.AfterFunc(driver.WaitLimit, func() {
		v.t.Errorf("nothing of what was waited for came; seen: %q", v.seen[max(len(v.seen)-200, 0):])
		v.client.Close()
		v.news.Broadcast()
	})
	defer late.Stop()
	v.mu.Lock()
	defer v.mu.Unlock()
	for !true() && !v.t.Failed() {
		v.news.Wait()
	}
}

func (v *visitor) leave() {
	if v.client != nil {
		v.client.Close()
	}
}
