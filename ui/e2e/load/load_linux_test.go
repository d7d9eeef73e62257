// Package load measures the desk over SSH, with many visitors at once and with clients
// that mean no good. Start at TestSessions, and at the flags -sessions and -attackers.
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

// sessions is how many visitors come at once in TestSessions. From many on, what
// they cost is measured, which takes half a minute.
var sessions = flag.Int("sessions", 12, "sessions that TestSessions opens")

const many = 100

// What 200 sessions may cost together, on two cores.
const (
	mostMemory  = 1.0                   // MB a session, above the server without any
	mostIdle    = 0.15                  // of a core
	mostLatency = 20 * time.Millisecond // from a key to the first byte that comes of it, for 95 of 100
	mostBytes   = 25                    // a character that is typed
)

// TestSessions has many visitors come at once, to a server in a process of its own.
//
//	go test ./ui/e2e/load -run 'TestSessions$' -sessions 200 -v
//
// Seen with client and server on the same two shared cores: 200 demo sessions are at
// home after 1.4 to 2.8 s. They take 0.5 to 0.7 MB each, above 28 MB, and 9 to 11 % of
// a core while idle; after all have gone, 37 MB. Of a key, the first byte is back after
// 1.5 ms (median), 2 to 3 ms (p95); a character takes 9 bytes.
func TestSessions(t *testing.T) {
	server := startServer(t, "--set-ssh-sessions", "1000", "--set-ssh-sessions-per-address", "1000",
		"--set-ssh-connect-burst", "1000", "--set-ssh-handshakes", "1000")
	warm := server.visit(t) // so that what is made once is not counted
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

// keys has visitors type, one after the other, and measures what comes of it.
func keys(t *testing.T, visitors []*visitor) {
	visitors = visitors[:min(len(visitors), 20)]
	var took []time.Duration
	var sent int
	for _, v := range visitors {
		from := v.received()
		v.press("2")
		v.shows("Gebruikersnaam", from) // in the form in which to log in
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

// server is loket serve in a process of its own.
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

// settle waits until the server has given back what is garbage, which it does two
// seconds after a crowd came or went.
func (s *server) settle() { <-time.After(3 * time.Second) }

// memory is how many bytes of it are in memory.
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

// busy is how long it has worked.
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

// visitor is somebody with an SSH client and a terminal of 80 by 24.
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

// Write takes what the server sends.
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

// more waits until there is more than so many bytes.
func (v *visitor) more(than int) { v.until(func() bool { return len(v.seen) > than }) }

// shows waits until text is shown after so many bytes.
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
