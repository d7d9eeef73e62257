package limits

import (
	"context"
	"net"
	"time"

	"golang.org/x/time/rate"
)

// Conn is a connection to a client. It reads at a limited rate, because x/crypto buffers 2 MB of input for every channel, and
// because handling every packet costs time. If the client does not accept a write within Settings.Stall, the connection
// closes, because otherwise the write would block for ever.
type Conn struct {
	net.Conn
	rate            *rate.Limiter // rate limits the number of bytes read per second.
	delayedBytes    int           // delayedBytes is the number of bytes in a row that had to wait because of the rate.
	maxDelayedBytes int           // maxDelayedBytes is the largest value of delayedBytes before the connection closes.
	stallTimeout    time.Duration
	// onFirstData is called at the first bytes from the client, and returns whether to go on reading. It may be nil.
	onFirstData func() bool
	ctx         context.Context
	cancel      context.CancelFunc
}

// The sizes of the system's buffers of a connection, in bytes, for each direction. By default they would be megabytes. With a
// small buffer, the server soon notices that a client has stopped reading or is gone. A trusted client gets a large buffer.
const (
	initialBufferSize = 32 << 10
	trustedBufferSize = 1 << 20
)

// ThrottleConn returns a connection that enforces the limits in s on the client of c.
func ThrottleConn(c net.Conn, s Settings) *Conn {
	setBuffers(c, initialBufferSize)
	const seconds = 4 // The client may send input worth this many seconds at once, which is enough for a handshake and a paste.
	life, end := context.WithCancel(context.Background())
	return &Conn{
		Conn: c, rate: rate.NewLimiter(rate.Limit(s.Receive), seconds*s.Receive),
		maxDelayedBytes: int(s.Stall.Seconds() * float64(s.Receive)), stallTimeout: s.Stall, ctx: life, cancel: end,
	}
}

// OnFirstData sets a function to call once, at the first bytes from the client. If the function returns false, the connection
// closes.
func (c *Conn) OnFirstData(spoke func() bool) { c.onFirstData = spoke }

// Read reads at the limited rate. If the client has been sending too fast for as long as Settings.Stall, Read closes the
// connection. This also closes the connection of a client that is gone while its input is still arriving.
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

// Write sends p. It closes the connection if the client does not accept p within Settings.Stall.
func (c *Conn) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(c.stallTimeout, func() { c.Close() })
	defer stalled.Stop()
	return c.Conn.Write(p)
}

func (c *Conn) Close() error {
	c.cancel()
	return c.Conn.Close()
}

// LiftRateLimit removes the limit on the rate, and enlarges the buffers.
func (c *Conn) LiftRateLimit() {
	c.rate.SetLimit(rate.Inf)
	setBuffers(c.Conn, trustedBufferSize)
}

func setBuffers(c net.Conn, bytes int) {
	if tcp, is := c.(*net.TCPConn); is {
		_ = tcp.SetReadBuffer(bytes)
		_ = tcp.SetWriteBuffer(bytes)
	}
}
