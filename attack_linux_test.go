package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// attackers is how many clients attack at once in TestAttacks, which takes half a
// minute for each attack; 200 is what Loket must stand.
var attackers = flag.Int("attackers", 0, "clients that attack at once in TestAttacks, if any")

// What an attack may cost.
const (
	attackTime    = 12 * time.Second
	attackMemory  = 400                    // MB
	attackLatency = 100 * time.Millisecond // from a key of somebody else to the first byte, for 95 of 100
)

// TestAttacks has hostile clients at a server in a process of its own, and somebody
// among them who types.
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

// betweenKeys is how long somebody takes who types fast.
const betweenKeys = 100 * time.Millisecond

// types has somebody type for so long, and gives how long each key took, in order,
// and how many bytes the server had in memory at most.
func (v *visitor) types(t *testing.T, s *server, long time.Duration) (latencies []time.Duration, peak int) {
	from := v.received()
	v.press("2") // to the form in which to log in
	v.more(from)
	for end, i := time.Now().Add(long), 0; time.Now().Before(end); i++ {
		time.Sleep(betweenKeys)
		v.quiet()
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

// What TestAttacks tells TestAttacker, by the environment.
const (
	attackName = "LOKET_TEST_ATTACK"
	attackAddr = "LOKET_TEST_ATTACK_ADDRESS"
)

// TestAttacker is the process with the hostile clients. It gives way to others, as
// it would from another machine.
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
				time.Sleep(50 * time.Millisecond)
			}
		}()
	}
	<-ctx.Done() // there are some that a client waits for in vain
	fmt.Printf("%d attempts, and %d that failed\n", did.Load(), failed.Load())
	why.Range(func(reason, _ any) bool { fmt.Println(reason); return true })
}

// portless leaves addresses out of an error.
var portless = regexp.MustCompile(`[0-9.]+:[0-9]+`)

// attack is something that a hostile client does.
type attack struct {
	name string
	do   func(*hostile) error // over and over, each by one with a connection of its own
}

// hostile is a client that means no good.
type hostile struct {
	context.Context
	n    int
	addr string
	raw  []net.Conn
}

func (h *hostile) leave() {
	for _, c := range h.raw {
		c.Close()
	}
}

// dial connects from one of many addresses, of which four clients have the same.
func (h *hostile) dial() (net.Conn, error) {
	from := net.IPv4(127, 0, byte(1+h.n/1000), byte(1+h.n/4%250))
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: from}, Timeout: 5 * time.Second}
	c, err := d.DialContext(h, "tcp", h.addr)
	if err == nil {
		h.raw = append(h.raw, c)
	}
	return c, err
}

func (h *hostile) client(wrap func(net.Conn) net.Conn, rekey uint64) (*ssh.Client, error) {
	c, err := h.dial()
	if err != nil {
		return nil, err
	}
	if wrap != nil {
		c = wrap(c)
	}
	config := &ssh.ClientConfig{User: "visitor", HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: 20 * time.Second}
	config.RekeyThreshold = rekey
	conn, channels, requests, err := ssh.NewClientConn(c, h.addr, config)
	if err != nil {
		return nil, err
	}
	return ssh.NewClient(conn, channels, requests), nil
}

// shell opens the desk.
func (h *hostile) shell(wrap func(net.Conn) net.Conn) (*ssh.Session, io.Writer, error) {
	c, err := h.client(wrap, 0)
	if err != nil {
		return nil, nil, err
	}
	s, err := c.NewSession()
	if err != nil {
		return nil, nil, err
	}
	in, err := s.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	s.Stdout = io.Discard
	return s, in, errors.Join(s.RequestPty("xterm-256color", 24, 80, nil), s.Shell())
}

// typing is an attack by something typed.
func typing(keys string, pause time.Duration) func(*hostile) error {
	return func(h *hostile) error {
		_, in, err := h.shell(nil)
		for err == nil && h.Err() == nil {
			_, err = io.WriteString(in, keys)
			time.Sleep(pause)
		}
		return err
	}
}

var attacks = []attack{
	{"none", func(h *hostile) error { <-h.Done(); return nil }},
	{"half-open", func(h *hostile) error {
		for i := range 50 { // 10,000 by 200 clients
			c, err := h.dial()
			if err == nil && i%2 == 0 {
				_, err = io.WriteString(c, "SSH-2.0-x\r\n")
			}
			if err != nil {
				return err
			}
		}
		<-h.Done()
		return nil
	}},
	{"keys", typing(strings.Repeat("\x1b[B", 100), 0)},
	{"held keys", typing("\x1b[B\x1b[A", 20*time.Millisecond)},
	{"wheel", typing(strings.Repeat("\x1b[<64;10;10M", 10), 20*time.Millisecond)},
	{"paste", func(h *hostile) error {
		_, in, err := h.shell(nil)
		if err == nil {
			_, err = io.WriteString(in, "\x1b[200~")
		}
		chunk := bytes.Repeat([]byte("a"), 32<<10)
		for range 50 << 20 / len(chunk) {
			if err == nil {
				_, err = in.Write(chunk)
			}
		}
		return err
	}},
	{"vast terminals", func(h *hostile) error {
		s, _, err := h.shell(nil)
		if err == nil {
			err = s.WindowChange(4000, 4000)
			<-h.Done()
		}
		return err
	}},
	{"log in", typing("2mjvanderzwan\tverkeerd\r\x1b\x1b", 100*time.Millisecond)},
	{"resize", func(h *hostile) error {
		s, _, err := h.shell(nil)
		for err == nil && h.Err() == nil {
			err = s.WindowChange(20+rand.IntN(4000), 60+rand.IntN(4000))
		}
		return err
	}},
	{"never reads", func(h *hostile) error {
		deaf := &deaf{}
		_, in, err := h.shell(func(c net.Conn) net.Conn { deaf.Conn = c; return deaf })
		deaf.now.Store(true)
		for err == nil && h.Err() == nil {
			_, err = io.WriteString(in, "\x0c")
			time.Sleep(10 * time.Millisecond)
		}
		return err
	}},
	{"filled channels", func(h *hostile) error { return h.fill(false) }},
	{"filled sessions", func(h *hostile) error { return h.fill(true) }},
	{"channels", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var channel ssh.Channel
			if channel, _, err = c.OpenChannel("session", nil); err == nil {
				channel.Close()
			}
			if _, refused := errors.AsType[*ssh.OpenChannelError](err); refused {
				err = nil
			}
		}
		return err
	}},
	{"shells", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var s *ssh.Session
			if s, err = c.NewSession(); err == nil {
				err = errors.Join(s.RequestPty("xterm", 24, 80, nil), s.Shell(), s.Close())
			}
		}
		return err
	}},
	{"requests", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			var s *ssh.Session
			if s, err = c.NewSession(); err != nil {
				break
			}
			_ = s.Setenv("LC_"+strings.Repeat("x", rand.IntN(1000)), strings.Repeat("y", 10000))
			_ = s.RequestSubsystem("sftp")
			_ = s.Run(strings.Repeat("x", rand.IntN(10000)))
			_, _, _ = c.SendRequest("tcpip-forward", true, []byte("x"))
			_, _, _ = c.OpenChannel("direct-tcpip", []byte("x"))
			s.Close()
		}
		return err
	}},
	{"keep-alives", func(h *hostile) error {
		c, err := h.client(nil, 0)
		for err == nil && h.Err() == nil {
			_, _, err = c.SendRequest("keepalive@openssh.com", false, make([]byte, 1000))
		}
		return err
	}},
	{"key exchanges", func(h *hostile) error {
		const often = 256 // bytes
		c, err := h.client(nil, often)
		for err == nil && h.Err() == nil {
			_, _, err = c.SendRequest("x", true, make([]byte, often))
		}
		return err
	}},
	{"connections", func(h *hostile) error { _, err := h.client(nil, 0); return err }},
	{"garbage", func(h *hostile) error {
		c, err := h.dial()
		if err == nil {
			_, err = io.WriteString(c, []string{"SSH-2.0-x\r\n", "GET / HTTP/1.1\r\n", "SSH-2.0-" + strings.Repeat("x", 1000)}[h.n%3])
		}
		for range 1 << 10 {
			if err == nil {
				_, err = c.Write(bytes.Repeat([]byte{byte(h.n)}, 1<<10))
			}
		}
		return err
	}},
	{"half-closed", func(h *hostile) error {
		_, _, err := h.shell(nil)
		if err == nil {
			err = h.raw[0].(*net.TCPConn).CloseWrite()
			time.Sleep(time.Second)
		}
		return err
	}},
}

// fill sends as much as the server lets it to channels on which nobody reads, or
// perhaps begins a session in each.
func (h *hostile) fill(begin bool) error {
	c, err := h.client(nil, 0)
	if err != nil {
		return err
	}
	var filling sync.WaitGroup
	for range 8 {
		channel, requests, err := c.OpenChannel("session", nil)
		if err != nil {
			return err
		}
		go ssh.DiscardRequests(requests)
		go io.Copy(io.Discard, channel)
		if begin {
			_, _ = channel.SendRequest("shell", true, nil)
		} else {
			filling.Go(func() { _, _ = channel.Write(make([]byte, 4<<20)) })
		}
		filling.Go(func() { _, _ = channel.Stderr().Write(make([]byte, 4<<20)) })
	}
	filling.Wait()
	return nil
}

// deaf is a connection of which at some time nothing is read any more.
type deaf struct {
	net.Conn
	now atomic.Bool
}

func (d *deaf) Read(p []byte) (int, error) {
	if d.now.Load() {
		select {}
	}
	return d.Conn.Read(p)
}
