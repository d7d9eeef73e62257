package ssh

import (
	"io"
	"net"
	"os"
	"os/signal"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestMain(m *testing.M) {
	// The first call of Notify starts a goroutine that never ends, which must not be inside the bubble of a test.
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	signal.Stop(c)
	os.Exit(m.Run())
}

// inBubble runs a test in a bubble of package synctest. The time in the bubble is a year in which all customers of the demo
// have been born.
func inBubble(t *testing.T, test func(*testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 14, 7, 0, 0, time.UTC)))
		t.Cleanup(func() { time.Sleep(2 * time.Second) }) // The sleep is for ticks of Bubble Tea that are still pending.
		test(t)
	})
}

// memory is a network in memory, with which a server and its clients can be inside the bubble of a test, where waiting takes
// no time.
type memory struct {
	offered chan net.Conn
	once    sync.Once
	closed  chan struct{}
}

func newMemory() *memory { return &memory{offered: make(chan net.Conn), closed: make(chan struct{})} }

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.offered:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

func (m *memory) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "memory"} }

func (m *memory) connect() (net.Conn, error) {
	to, from := newBuffered(), newBuffered()
	ours, theirs := &memoryConn{in: from, out: to}, &memoryConn{in: to, out: from}
	select {
	case m.offered <- theirs:
		return ours, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// A memoryConn is one end of a connection, without support for deadlines.
type memoryConn struct{ in, out *buffered }

func (c *memoryConn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *memoryConn) Write(p []byte) (int, error) { return c.out.write(p) }

func (c *memoryConn) Close() error {
	c.in.close()
	c.out.close()
	return nil
}

func (c *memoryConn) LocalAddr() net.Addr              { return &net.UnixAddr{Name: "memory", Net: "memory"} }
func (c *memoryConn) RemoteAddr() net.Addr             { return c.LocalAddr() }
func (c *memoryConn) SetDeadline(time.Time) error      { return nil }
func (c *memoryConn) SetReadDeadline(time.Time) error  { return nil }
func (c *memoryConn) SetWriteDeadline(time.Time) error { return nil }

// buffered is one direction of a connection, which holds a bounded number of bytes.
type buffered struct {
	mu     sync.Mutex
	turn   *sync.Cond
	text   []byte
	closed bool
}

const onItsWay = 32 << 10

func newBuffered() *buffered {
	b := &buffered{}
	b.turn = sync.NewCond(&b.mu)
	return b
}

func (b *buffered) read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.text) == 0 && !b.closed {
		b.turn.Wait()
	}
	if len(b.text) == 0 {
		return 0, io.EOF
	}
	n := copy(p, b.text)
	b.text = b.text[n:]
	b.turn.Broadcast()
	return n, nil
}

func (b *buffered) write(p []byte) (n int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(p) > 0 {
		for len(b.text) == onItsWay && !b.closed {
			b.turn.Wait()
		}
		if b.closed {
			return n, net.ErrClosed
		}
		some := min(len(p), onItsWay-len(b.text))
		b.text = append(b.text, p[:some]...)
		p, n = p[some:], n+some
		b.turn.Broadcast()
	}
	return n, nil
}

func (b *buffered) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.turn.Broadcast()
}
