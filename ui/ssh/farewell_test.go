package ssh

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/demo"
	"loket/ui/exitcode"
)

// TestFarewell checks that every visitor gets a farewell when the server closes, even if other clients do not cooperate.
func TestFarewell(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := serveInMemory(t, nil)
		whole, plain, piped := s.atHome(), s.cookedAt(), visits(t, s.dial()).enters()
		piped.sees(question)
		idle := s.dial()
		asking := visits(t, s.dial()).at("xterm", 80, 24) // This client has not requested a shell or a command.
		half, err := s.connect()
		if err != nil {
			t.Fatal(err)
		}
		defer half.Close()
		deaf := s.deaf()
		defer deaf.close()
		deaf.asks("shell", nil)
		began := time.Now()
		s.close()
		if took := time.Since(began); took != drainTimeout { // The server waits this long for the clients that do not cooperate.
			t.Errorf("it took %v", took)
		}
		for name, v := range map[string]*person{"whole screen": whole, "lines": plain, "pipe": piped} {
			if code := v.leaves(); code != exitcode.Done {
				t.Errorf("%s: exit code %d", name, code)
			}
			seen := v.seen.String()
			if end := "Het loket gaat nu dicht. Wat je had afgerond, is bewaard. Tot ziens!"; !strings.HasSuffix(strings.TrimRight(seen, "\r\n"), end) {
				t.Errorf("%s: seen in the end is %q", name, seen[max(len(seen)-300, 0):])
			}
		}
		whole.restored()
		goes(t, idle)
		asking.leaves()
		if _, err := io.Copy(io.Discard, half); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Error(err)
		}
		if _, err := s.tries(); err == nil {
			t.Error("one is still let in")
		}
	})
}

// TestFarewellWithoutPatience closes a server while a session does not end.
func TestFarewellWithoutPatience(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		key, line := newKey(t)
		s := branchBy(t, serveInMemory, nil, []string{line})
		began := make(chan struct{})
		s.RunOperatorCommand = func(ctx context.Context, c Command) int {
			close(began)
			_, _ = io.Copy(io.Discard, c.In) // The command ignores the end of ctx.
			return exitcode.Failed
		}
		session, err := s.dial(key).NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := session.StdinPipe(); err != nil {
			t.Fatal(err)
		}
		if err := session.Start("import -"); err != nil {
			t.Fatal(err)
		}
		<-began
		at := time.Now()
		s.close()
		if took := time.Since(at); took != drainTimeout {
			t.Errorf("it took %v", took)
		}
	})
}

// TestClosedListener checks that Serve returns the error of a failing listener.
func TestClosedListener(t *testing.T) {
	s := serve(t, nil)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := (&Server{HostKey: s.HostKey, Limits: s.Limits, Clock: s.Clock, Log: s.Log}).Serve(t.Context(), listener); err == nil || !strings.HasPrefix(err.Error(), "serve over SSH: ") {
		t.Errorf("%v", err)
	}
}

// TestNothingIsLeft makes fifty visitors come and go in every way, and checks that no goroutine and no open file is left.
func TestNothingIsLeft(t *testing.T) {
	sandboxes(t)
	s := serve(t, func(s *Server) { s.Limits.Stall, s.Limits.Handshake = time.Second, time.Second })
	before := s.settled()
	ways := []func(){
		func() { v := s.atHome(); v.types(quits); v.leaves() },
		func() { v := s.atHome(); v.types("2" + strings.Repeat("x", 30)); v.session.Close() },
		func() { v := s.cookedAt(); v.types("\x03"); v.leaves() },
		func() { asks(t, s.dial(), "plain", "2\n/stop\n") },
		func() { asks(t, s.dial(), "nonsense", "") },
		func() { s.dial() },
		func() { visits(t, s.dial()).at("xterm", 4000, 4000) },
		func() {
			c := s.deaf()
			c.asks("exec", ssh.Marshal(struct{ Command string }{"help"}))
			c.close()
		},
		func() {
			if c, err := s.connect(); err == nil {
				_, _ = io.WriteString(c, "SSH-2.0-x\r\n")
				c.Close()
			}
		},
		func() { // The visitor types keys that nobody reads.
			v := s.atHome()
			v.types(quits + strings.Repeat("\x1b[B", 500))
			v.leaves()
		},
	}
	for range 5 {
		for _, come := range ways {
			come()
		}
	}
	for _, c := range s.dialled {
		c.Close()
	}
	left(t, before)
	if connections, handshakes, sessions := s.limiter.Counts(); connections != 0 || handshakes != 0 || sessions != 0 {
		t.Errorf("in use are %d connections, %d handshakes, %d sessions", connections, handshakes, sessions)
	}
	if left := s.sessionSetup.Cells.Remaining(); left != s.Limits.Cells {
		t.Errorf("left are %d cells", left)
	}
}

// TestFaultInOneSession checks that a panic in one session ends no other session.
func TestFaultInOneSession(t *testing.T) {
	sandbox := make(chan bool, 2)
	s := serve(t, func(server *Server) {
		open := server.Sandbox
		server.Sandbox = func(ctx context.Context) (*demo.Sandbox, error) {
			if <-sandbox {
				panic("the secret of a customer")
			}
			return open(ctx)
		}
	})
	sandbox <- false
	sandbox <- true
	v := s.atHome()
	visits(t, s.dial()).at("xterm", 80, 24).enters().leaves()
	v.types("2")
	v.finds(logIn)
	if log := s.logs.String(); !strings.Contains(log, "fault ends a session") || strings.Contains(log, "secret") {
		t.Errorf("the log says %q", log)
	}
}
