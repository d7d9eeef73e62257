package limits

import (
	"context"
	"net"
	"time"

	"golang.org/x/time/rate"
)

// Conn is a connection to a client. It reads at a limited rate, because x/crypto buffers 2 MB
// of input for every channel and every packet costs work. A write that the client does not
// accept within Settings.Stall closes the connection, because otherwise it would block for
// ever.
type Conn struct {
	net.Conn
	rate            *rate.Limiter // of bytes read
	delayedBytes    int           // bytes in a row that had to wait for the rate
	maxDelayedBytes int           // the greatest number of those bytes
	stallTimeout    time.Duration
	onFirstData     func() bool // called at the first bytes; reports whether to read on; or nil
	ctx             context.Context
	cancel          context.CancelFunc
}

// The sizes in bytes of the system's buffers of a connection, in each direction. The default
// would be megabytes. With a small buffer the server soon notices that a client reads nothing
// or is gone. A trusted client gets a large one.
const (
	initialBufferSize = 32 << 10
	trustedBufferSize = 1 << 20
)

// ThrottleConn returns a connection that keeps to the settings.
func ThrottleConn(c net.Conn, s Settings) *Conn {
	setBuffers(c, initialBufferSize)
	const seconds = 4 // of input that may come at once: enough for a handshake and a paste
	life, end := context.WithCancel(context.Background())
	return &Conn{
		Conn: c, rate: rate.NewLimiter(rate.Limit(s.Receive), seconds*s.Receive),
		maxDelayedBytes: int(s.Stall.Seconds() * float64(s.Receive)), stallTimeout: s.Stall, ctx: life, cancel: end,
	}
}

// OnFirstData sets a function that is called once, at the first bytes from the client. If it
// returns false, the connection closes.
func (c *Conn) OnFirstData(spoke func() bool) { c.onFirstData = spoke }

// Read reads at the limited rate. It closes the connection if the client has been too fast for
// as long as a write may stall. That also ends a connection whose client is gone while its
// input still comes.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p[:min(len(p), c.rate.Burst())])
	if n > 0 && c.onFirstData != nil {
		if !c.onFirstData() {
			c.Close()
			return 0, net.ErrClosed
		}
		c.onFirstData = nil
	}
	if c.rate.Tokens() >= float64(n) {
		c.delayedBytes = 0
	} else if c.delayedBytes += n; c.delayedBytes > c.maxDelayedBytes {
		c.Close()
	}
	if c.rate.WaitN(c.ctx, n) != nil {
		return 0, net.ErrClosed
	}
	return n, err
}

// Write sends p, and closes the connection if the client does not accept it in time.
func (c *Conn) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(c.stallTimeout, func() { c.Close() })
	defer stalled.Stop()
	return c.Conn.Write(p)
}

// Close closes the connection.
func (c *Conn) Close() error {
	c.cancel()
	return c.Conn.Close()
}

// LiftLimit removes the limit of the rate, and enlarges the buffers.
func (c *Conn) LiftLimit() {
	c.rate.SetLimit(rate.Inf)
	setBuffers(c.Conn, trustedBufferSize)
}

func setBuffers(c net.Conn, bytes int) {
	if tcp, is := c.(*net.TCPConn); is {
		_ = tcp.SetReadBuffer(bytes)
		_ = tcp.SetWriteBuffer(bytes)
	}
}
