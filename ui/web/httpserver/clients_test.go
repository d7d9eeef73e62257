package httpserver

import (
	"io"
	"net"
	"net/netip"
	"testing"
)

// TestClient checks which addresses count as one client.
func TestClient(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7:80": "203.0.113.7/32", "[::ffff:203.0.113.7]:80": "203.0.113.7/32", "[2001:db8:1:2:3::4]:80": "2001:db8:1:2::/64",
		"127.0.0.1:80": "", "[::1]:80": "", "10.1.2.3:80": "", "192.168.0.1:80": "", "172.16.0.1:80": "", "[fd00::1]:80": "", "[fe80::1%eth0]:80": "",
		"": "", "203.0.113.7": "", "@": "",
	} {
		var none netip.Prefix
		if got := ClientPrefix(address); got != none && got.String() != want || got == none && want != "" {
			t.Errorf("%q is %s, want %q", address, got, want)
		}
	}
}

// A crowd is a listener that accepts a given list of connections.
type crowd chan net.Conn

func (c crowd) Accept() (net.Conn, error) {
	next, is := <-c
	if !is {
		return nil, io.EOF
	}
	return next, nil
}

func (crowd) Close() error   { return nil }
func (crowd) Addr() net.Addr { return nil }

// A guest is a connection from a given address.
type guest struct {
	net.Conn
	from   string
	closed *int
}

func (g guest) RemoteAddr() net.Addr { a, _ := net.ResolveTCPAddr("tcp", g.from); return a }
func (g guest) Close() error         { *g.closed++; return nil }

// TestFair checks that one client on the internet cannot have more connections at once than allowed, that closing a connection
// twice frees only one, and that other clients are accepted in the meantime.
func TestFair(t *testing.T) {
	closed := 0
	come := make(crowd, 20)
	l := limitPerClient(come, 2)
	comes := func(from string) { come <- guest{from: from, closed: &closed} }
	accepts := func(want string) net.Conn {
		t.Helper()
		c, err := l.Accept()
		if err != nil || c.RemoteAddr().String() != want {
			t.Fatalf("%v, %v, want %s", c, err, want)
		}
		return c
	}
	comes("203.0.113.7:1")
	comes("203.0.113.7:2")
	comes("203.0.113.7:3")
	comes("203.0.113.8:4")
	first := accepts("203.0.113.7:1")
	accepts("203.0.113.7:2")
	accepts("203.0.113.8:4")
	if closed != 1 {
		t.Errorf("%d are closed", closed)
	}
	first.Close()
	first.Close()
	comes("203.0.113.7:5")
	comes("203.0.113.7:6")
	for range 3 {
		comes("10.0.0.1:7")
	}
	accepts("203.0.113.7:5")
	for range 3 {
		accepts("10.0.0.1:7")
	}
	close(come)
	if _, err := l.Accept(); err != io.EOF {
		t.Error(err)
	}
	if n := len(l.(*perClientListener).openByClient); n != 2 {
		t.Errorf("%d clients are kept", n)
	}
}
