package ssh

import (
	"context"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"loket/ui/exitcode"
	"loket/ui/ssh/limits"
)

// TestClientThatNeverReads checks that the server closes the connections of clients that do not read from their connection or
// their channel, and that another visitor notices nothing.
func TestClientThatNeverReads(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		key, line := newKey(t)
		cut := make(chan error, 1)
		s := branchBy(t, serveInMemory, nil, []string{line}, func(s *Server) {
			s.Limits.Stall = short
			s.RunOperatorCommand = func(ctx context.Context, c Command) int {
				if c.Args[0] != "export" {
					return echo(ctx, c)
				}
				_, err := io.Copy(c.Out, io.LimitReader(endless{}, 16<<20))
				cut <- err
				return exitcode.Failed
			}
		})
		for name, begin := range map[string]func(){
			"connection": func() {
				c := s.deaf(key)
				s.Cleanup(c.close)
				c.asks("exec", ssh.Marshal(struct{ Command string }{"export"}))
			},
			"channel": func() {
				session, err := s.dial(key).NewSession()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := session.StdoutPipe(); err != nil {
					t.Fatal(err)
				}
				if err := session.Start("export"); err != nil {
					t.Fatal(err)
				}
			},
		} {
			begin()
			if _, _, code := asks(t, s.dial(key), "stats", ""); code != exitcode.Done {
				t.Errorf("%s: somebody else gets exit code %d", name, code)
			}
			if err := <-cut; err == nil {
				t.Errorf("%s: all was sent", name)
			}
		}
	})
}

// endless is a reader of a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// TestFloodOfKeys checks a client that types faster than a person can.
func TestFloodOfKeys(t *testing.T) {
	s := serve(t, func(s *Server) {
		s.Limits.Turns, s.Limits.TurnsBurst, s.Limits.TurnsTogether, s.Limits.Receive = 1, 1, 1, 1<<30
	})
	v := s.atHome()
	go func() { _, _ = v.keys.Write([]byte(strings.Repeat("\x1b[B", 100_000))) }()
	v.sees("Er kwam te veel tegelijk binnen.")
	if code := v.leaves(); code != exitcode.Done {
		t.Errorf("exit code %d", code)
	}
	v.restored()
	if s.watch.count("refused: "+limits.RefusedTooMuchInput) != 1 {
		t.Errorf("counted %v", s.watch.counts)
	}
}

// TestFloodSlowsDownNobodyElse checks that visitors can type normally during a flood of keys from another client.
func TestFloodSlowsDownNobodyElse(t *testing.T) {
	s := serve(t, func(s *Server) { s.Limits.TurnsTogether = 1 })
	flood := s.atHome()
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				if _, err := flood.keys.Write([]byte("\x1b[B\x1b[A")); err != nil {
					return
				}
			}
		}
	}()
	v := s.atHome()
	v.types("2")
	v.finds("Wachtwoord vergeten") // The test waits until the form is open.
	for _, letter := range "mjvanderzwan" {
		v.types(string(letter))
	}
	v.finds("mjvanderzwan")
}

// TestPastes checks a long paste, and a paste that never ends.
func TestPastes(t *testing.T) {
	s := serve(t, func(s *Server) { s.Limits.Receive = 1 << 30 })
	v := s.atHome()
	v.types("2")
	v.finds(logIn)
	v.types("\x1b[200~mjvander" + "zwan\x1b[20" + "1~")
	v.finds("mjvanderzwan")
	v.types("\t\x1b[200~" + strings.Repeat("x", 100_000) + "\x1b[201~")
	v.types("\x0c") // Input after the paste must not be lost.
	v.finds("Forgotten password")
	go func() { _, _ = v.keys.Write([]byte("\x1b[200~" + strings.Repeat("x", 4<<20))) }()
	v.sees("Er kwam te veel tegelijk binnen.")
	v.leaves()
	v.restored()
}

// TestFloodOfSizes checks a client that changes the size of its terminal without end.
func TestFloodOfSizes(t *testing.T) {
	s := serve(t, nil)
	v := s.atHome()
	for i := range 500 {
		if err := v.session.WindowChange(20+i%50, 60+i%150); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.session.WindowChange(24, 80); err != nil {
		t.Fatal(err)
	}
	v.types("2")
	v.finds(logIn)
}

// A deaf client has a channel from which it stops reading.
type deaf struct {
	*testing.T
	conn    *deafConn
	channel ssh.Channel
}

func (s *served) deaf(keys ...ssh.Signer) *deaf {
	s.Helper()
	tcp, err := s.connect()
	if err != nil {
		s.Fatal(err)
	}
	conn := &deafConn{Conn: tcp, closed: make(chan struct{})}
	s.Cleanup(func() { tcp.Close() })
	client, channels, requests, err := ssh.NewClientConn(conn, "desk", s.clientConfig("visitor", keys))
	if err != nil {
		s.Fatal(err)
	}
	channel, more, err := ssh.NewClient(client, channels, requests).OpenChannel("session", nil)
	if err != nil {
		s.Fatal(err)
	}
	go ssh.DiscardRequests(more)
	conn.deaf.Store(true)
	return &deaf{s.T, conn, channel}
}

func (d *deaf) asks(request string, payload []byte) {
	d.Helper()
	if _, err := d.channel.SendRequest(request, false, payload); err != nil {
		d.Fatal(err)
	}
}

func (d *deaf) close() {
	close(d.conn.closed)
	d.conn.Close()
}

// A deafConn is a connection that stops reading at some time.
type deafConn struct {
	net.Conn
	deaf   atomic.Bool
	closed chan struct{}
}

func (d *deafConn) Read(p []byte) (int, error) {
	n, err := d.Conn.Read(p)
	if d.deaf.Load() {
		<-d.closed
		return 0, net.ErrClosed
	}
	return n, err
}
