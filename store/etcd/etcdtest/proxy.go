package etcdtest

import (
	"encoding/binary"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// A Proxy passes messages between clients and a member. On request it drops a message, and with it the connection.
type Proxy struct {
	Client string // Client is the address (HOST:PORT) to which clients connect.

	member                    string
	requestLoss, responseLoss plannedLoss
	connections               sync.WaitGroup
}

// A plannedLoss holds the request to drop the next message, if there is one.
type plannedLoss struct{ pending atomic.Pointer[chan struct{}] }

// takePending reports whether the message should be dropped. It forgets the request, so that only one message is dropped.
func (l *plannedLoss) takePending() bool {
	lost := l.pending.Swap(nil)
	if lost != nil {
		close(*lost)
	}
	return lost != nil
}

func (l *plannedLoss) planNext() <-chan struct{} {
	lost := make(chan struct{})
	l.pending.Store(&lost)
	return lost
}

// LoseResponse makes the proxy drop the next response: the member carries out the request, but the client does not learn this.
// The channel is closed when the response is dropped.
func (p *Proxy) LoseResponse() (lost <-chan struct{}) { return p.responseLoss.planNext() }

// LoseRequest makes the proxy drop the next request, so that it does not reach the member. The channel is closed when the
// request is dropped.
func (p *Proxy) LoseRequest() (lost <-chan struct{}) { return p.requestLoss.planNext() }

// Proxy starts a proxy to the member. It stops when the test ends.
func (m *Member) Proxy(t testing.TB) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{Client: l.Addr().String(), member: m.Client}
	p.connections.Go(func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			p.connections.Go(func() { p.forwardConnection(client) })
		}
	})
	t.Cleanup(func() { l.Close() })
	return p
}

// forwardConnection passes bytes between a client and the member, until one of them closes the connection.
func (p *Proxy) forwardConnection(client net.Conn) {
	defer client.Close()
	member, err := net.Dial("tcp", p.member)
	if err != nil {
		return
	}
	defer member.Close()
	var both sync.WaitGroup
	pass := func(to, from net.Conn, l *plannedLoss, greeting int64) {
		if _, err := io.CopyN(to, from, greeting); err == nil {
			copyHTTP2Frames(to, from, l)
		}
		to.Close()
		from.Close()
	}
	both.Go(func() { pass(client, member, &p.responseLoss, 0) })
	both.Go(func() { pass(member, client, &p.requestLoss, int64(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))) })
	both.Wait()
}

// copyHTTP2Frames copies HTTP/2 frames, until it drops one that begins a request or a response.
func copyHTTP2Frames(to io.Writer, from io.Reader, l *plannedLoss) {
	const begins = 1 // Frames of type HEADERS begin a request or a response.
	for {
		var head [9]byte // The head of a frame has its length, type, flags and stream.
		if _, err := io.ReadFull(from, head[:]); err != nil {
			return
		}
		length := binary.BigEndian.Uint32(head[:]) >> 8
		if head[3] == begins && l.takePending() {
			return
		}
		if _, err := to.Write(head[:]); err != nil {
			return
		}
		if _, err := io.CopyN(to, from, int64(length)); err != nil {
			return
		}
	}
}
