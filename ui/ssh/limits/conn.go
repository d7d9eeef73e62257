package limits

import (
	"context"
	"net"
	"time"

	"golang.org/x/time/rate"
)

// Conn is the connection to a client. What comes over it is read no faster than it can be
// handled at leisure, whatever it is: x/crypto keeps 2 MB of input for every channel, and
// works for every packet. A write that is not accepted within Settings.Stall closes the
// connection; otherwise it would block for ever.
type Conn struct {
	net.Conn
	rate  *rate.Limiter // of bytes that come
	late  int           // bytes on end that had to wait
	most  int           // of those
	stall time.Duration
	spoke func() bool // asked once something comes, whether more of it is to be read; or nil
	life  context.Context
	end   context.CancelFunc
}

// How many bytes the system keeps of what is on its way, each way. By itself it would
// keep megabytes; with little, it is soon seen that a client takes nothing, or has
// left. For a client that is trusted there is much.
const (
	initialBuffer = 32 << 10
	trustedBuffer = 1 << 20
)

// ThrottleConn returns the connection of a client that may send so fast.
func ThrottleConn(c net.Conn, s Settings) *Conn {
	setBuffers(c, initialBuffer)
	const seconds = 4 // worth of what may come at once: a paste, and a handshake before it
	life, end := context.WithCancel(context.Background())
	return &Conn{
		Conn: c, rate: rate.NewLimiter(rate.Limit(s.Receive), seconds*s.Receive),
		most: int(s.Stall.Seconds() * float64(s.Receive)), stall: s.Stall, life: life, end: end,
	}
}

// OnSpeaking has spoke asked, once, when the client has sent something, whether to go on
// with it.
func (c *Conn) OnSpeaking(spoke func() bool) { c.spoke = spoke }

// Read reads what came, at its pace. Of a client that is too fast for as long as it may
// stall, or is long gone while what it sent still comes, no more is read.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p[:min(len(p), c.rate.Burst())])
	if n > 0 && c.spoke != nil {
		if !c.spoke() {
			c.Close()
			return 0, net.ErrClosed
		}
		c.spoke = nil
	}
	if c.rate.Tokens() >= float64(n) {
		c.late = 0
	} else if c.late += n; c.late > c.most {
		c.Close()
	}
	if c.rate.WaitN(c.life, n) != nil {
		return 0, net.ErrClosed
	}
	return n, err
}

// Write sends p.
func (c *Conn) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(c.stall, func() { c.Close() })
	defer stalled.Stop()
	return c.Conn.Write(p)
}

// Close closes the connection.
func (c *Conn) Close() error {
	c.end()
	return c.Conn.Close()
}

// LiftLimit lets as much come as comes.
func (c *Conn) LiftLimit() {
	c.rate.SetLimit(rate.Inf)
	setBuffers(c.Conn, trustedBuffer)
}

func setBuffers(c net.Conn, bytes int) {
	if tcp, is := c.(*net.TCPConn); is {
		_ = tcp.SetReadBuffer(bytes)
		_ = tcp.SetWriteBuffer(bytes)
	}
}
