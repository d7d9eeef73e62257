package ssh

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
	"loket/ui/ssh/limits"
)

// short is a time limit of the server, for tests that wait until it has passed.
const short = 200 * time.Millisecond

// goes waits until the server has closed a connection.
func goes(t *testing.T, c *ssh.Client) {
	t.Helper()
	gone := make(chan struct{})
	go func() { _ = c.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(patience):
		t.Error("the connection stays open")
	}
}

// TestFull checks the largest number of sessions at the same time, and the text that the next client gets.
func TestFull(t *testing.T) {
	for name, test := range map[string]struct {
		limit func(*limits.Settings)
		why   string
	}{
		"in all":           {func(l *limits.Settings) { l.Sessions = 2 }, limits.RefusedServerFull},
		"from one address": {func(l *limits.Settings) { l.SessionsPerAddress = 2 }, limits.RefusedAddressSessions},
		"in a while":       {func(l *limits.Settings) { l.ConnectBurst, l.ConnectRate = 2, 0.001 }, limits.RefusedConnectionRate},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(s *Server) { test.limit(&s.Limits) })
			first := s.atHome()
			c := s.dial()
			second := visits(t, c).at("xterm", 80, 24).enters()
			second.sees(home)
			third := visits(t, c).speaks("LANG=en_US").at("xterm", 80, 24).enters()
			if code := third.leaves(); code != exitcode.Failed || third.seen.String() != "The desk is full right now. Please try again in a moment.\r\n" {
				t.Errorf("exit code %d, %q", code, third.seen)
			}
			if s.watch.count("refused: "+test.why) != 1 {
				t.Errorf("counted %v", s.watch.counts)
			}
			if name == "in a while" {
				return
			}
			first.types(quits)
			first.leaves()
			await(t, "there is room again", func() bool {
				out, _, code := asks(t, c, "help", "")
				return code == exitcode.Done && strings.Contains(out, "demo")
			})
		})
	}
}

// TestOperatorsGetIn checks that there is room for an operator when there is none for a visitor.
func TestOperatorsGetIn(t *testing.T) {
	terminal, one := newKey(t)
	operator, two := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", one)}, []string{two}, func(s *Server) {
		s.Limits.Sessions, s.Limits.SessionsPerAddress = 1, 1
	})
	s.atTerminal(terminal)
	c := s.dial(operator)
	for range 3 {
		if _, _, code := asks(t, c, "stats", ""); code != exitcode.Done {
			t.Errorf("exit code %d", code)
		}
	}
}

// TestConnections checks the largest number of connections from one address, and that the next one is refused before the
// handshake.
func TestConnections(t *testing.T) {
	for name, test := range map[string]struct {
		limit func(*limits.Settings)
		why   string
		said  string
	}{
		"at once":    {func(l *limits.Settings) { l.SessionsPerAddress = 2 }, limits.RefusedAddressConns, serverBusyLine},
		"in a while": {func(l *limits.Settings) { l.ConnectBurst, l.ConnectRate = 1, 0.001 }, limits.RefusedConnectionRate, "SSH-2.0-Loket\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(s *Server) { test.limit(&s.Limits) })
			for range 4 {
				s.dial()
			}
			await(t, "all handshakes are over", func() bool { _, pending, _ := s.limiter.Counts(); return pending == 0 })
			c, err := s.connect()
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_, _ = io.WriteString(c, "SSH-2.0-x\r\n")
			if said, err := io.ReadAll(c); !strings.HasPrefix(string(said), test.said) {
				t.Errorf("%q, %v", said, err)
			}
			if s.watch.count("refused: "+test.why) != 1 {
				t.Errorf("counted %v", s.watch.counts)
			}
		})
	}
}

// TestHandshakeTakesTooLong checks clients that do not finish the handshake.
func TestHandshakeTakesTooLong(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := serveInMemory(t, func(s *Server) { s.Limits.Handshake = short })
		for _, says := range []string{"", "SSH-2.0-x", "SSH-2.0-x\r\n"} {
			c, err := s.connect()
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_, _ = io.WriteString(c, says)
			if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Errorf("after %q: %v", says, err)
			}
		}
	})
}

// TestGarbage checks clients that send garbage.
func TestGarbage(t *testing.T) {
	s := serve(t, nil)
	for _, says := range []string{
		"GET / HTTP/1.1\r\n\r\n", "SSH-1.5-x\r\n", "SSH-2.0-\r\n\x00\x00\x00\x00", "SSH-2.0-x\r\n\xff\xff\xff\xff", strings.Repeat("x", 1<<16), "\x00", "\r\n\r\n\r\n",
	} {
		c, err := s.connect()
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(c, says)
		_ = c.(*net.TCPConn).CloseWrite()
		_ = c.SetReadDeadline(time.Now().Add(patience))
		_, _ = io.Copy(io.Discard, c)
		c.Close()
	}
	s.atHome()
}

// TestLonely checks that a connection without a session is closed, also after its last session has ended.
func TestLonely(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := serveInMemory(t, func(s *Server) { s.Limits.Handshake = short })
		goes(t, s.dial())
		c := s.dial()
		asks(t, c, "help", "")
		goes(t, c)
		c = s.dial()
		if _, _, err := c.OpenChannel("session", nil); err != nil { // This session never sends a request.
			t.Fatal(err)
		}
		goes(t, c)
		v := s.atHome()
		time.Sleep(2 * short)
		v.types("2")
		v.finds(logIn)
	})
}

// TestManySessions checks that one connection cannot have more sessions than allowed.
func TestManySessions(t *testing.T) {
	s := serve(t, nil)
	c := s.dial()
	for range maxSessions {
		visits(t, c).at("xterm", 80, 24).enters().sees(home)
	}
	if _, err := c.NewSession(); err == nil || !strings.Contains(err.Error(), "too many sessions") {
		t.Errorf("one more: %v", err)
	}
}

// TestClosedChannels checks that one connection can have any number of sessions one after the other.
func TestClosedChannels(t *testing.T) {
	s := serve(t, nil)
	c := s.dial()
	visits(t, c).at("xterm", 80, 24).enters().sees(home)
	before := using()
	for range 30 {
		v := visits(t, c).at("xterm", 80, 24)
		if err := v.session.WindowChange(30, 100); err != nil {
			t.Fatal(err)
		}
		v.enters()
		v.session.Close()
		left(t, before)
	}
}

// TestClientThatNeverCloses checks that a session ends even if its client does not close the channel.
func TestClientThatNeverCloses(t *testing.T) {
	s := serve(t, func(s *Server) { s.Limits.Stall = short })
	before := s.settled()
	c := s.deaf()
	c.asks("exec", ssh.Marshal(struct{ Command string }{"help"}))
	s.hangsUp()
	c.close()
	left(t, before)
}

// TestIdle checks that a demo without input ends.
func TestIdle(t *testing.T) {
	sandboxes(t)
	inBubble(t, func(t *testing.T) {
		s := serveInMemory(t, nil)
		v := s.atHome()
		time.Sleep(s.Limits.Idle - time.Second)
		v.types("\x1b[A")
		began := time.Now()
		time.Sleep(s.Limits.Idle - time.Second)
		if code := v.leaves(); code != exitcode.Done || time.Since(began).Round(time.Second) != s.Limits.Idle {
			t.Errorf("exit code %d after %v", code, time.Since(began))
		}
		v.restored()
		if seen := v.seen.String(); !strings.HasSuffix(seen, "Er gebeurde niets meer. Daarom is de verbinding verbroken. Tot ziens!\r\n") {
			t.Errorf("seen in the end: %q", seen[max(len(seen)-200, 0):])
		}
	})
}

// hangsUp waits until the server has no connection any more.
func (s *served) hangsUp() {
	s.Helper()
	await(s.T, "all connections are closed", func() bool {
		connections, _, _ := s.limiter.Counts()
		return connections == 0
	})
}

// TestStrangers checks that terminals and operators get in while strangers connect from the same address and send nothing,
// twenty for each terminal or operator.
func TestStrangers(t *testing.T) {
	terminal, one := newKey(t)
	operator, two := newKey(t)
	s := branch(t, []string{terminalLine("Utrecht 1", one)}, []string{two}, func(s *Server) {
		s.Limits.ConnectBurst, s.Limits.SessionsPerAddress, s.Limits.Handshakes = 40, 8, 32
	})
	for i := range 50 {
		for range 20 {
			c, err := s.connect()
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
		}
		key := []ssh.Signer{terminal, operator}[i%2]
		c, err := s.tries(key)
		if err != nil {
			t.Errorf("%d: %v", i, err)
			continue
		}
		c.Close()
	}
}
