package ssh

import (
	"context"
	"net"
	"time"

	"golang.org/x/time/rate"
)

// line is the connection to a client. What comes over it is read no faster than it
// can be handled at leisure, whatever it is: x/crypto keeps 2 MB of input for every
// channel, and works for every packet. What goes over it is taken within a bound,
// or else it is closed: what is said to a client who takes nothing would wait for ever.
type line struct {
	net.Conn
	pace  *rate.Limiter // of bytes that come
	late  int           // bytes on end that had to wait
	most  int           // of those
	stall time.Duration
	life  context.Context
	end   context.CancelFunc
}

// How many bytes the system keeps of what is on its way, each way. By itself it would
// keep megabytes; with little, it is soon seen that a client takes nothing, or has
// left. From and to who is trusted much may come.
const (
	littleBuffer = 32 << 10
	muchBuffer   = 1 << 20
)

func newLine(c net.Conn, l Limits) *line {
	buffer(c, littleBuffer)
	const seconds = 4 // worth of what may come at once: a paste, and a handshake before it
	life, end := context.WithCancel(context.Background())
	return &line{
		Conn: c, pace: rate.NewLimiter(rate.Limit(l.Receive), seconds*l.Receive),
		most: int(l.Stall.Seconds() * float64(l.Receive)), stall: l.Stall, life: life, end: end,
	}
}

// Read reads what came, at its pace. Of a client that is too fast for as long as it may
// stall, or is long gone while what it sent still comes, no more is read.
func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p[:min(len(p), l.pace.Burst())])
	if l.pace.Tokens() >= float64(n) {
		l.late = 0
	} else if l.late += n; l.late > l.most {
		l.Close()
	}
	if l.pace.WaitN(l.life, n) != nil {
		return 0, net.ErrClosed
	}
	return n, err
}

// Write sends p.
func (l *line) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(l.stall, func() { l.Close() })
	defer stalled.Stop()
	return l.Conn.Write(p)
}

// Close closes the connection.
func (l *line) Close() error {
	l.end()
	return l.Conn.Close()
}

// trust lets as much come as comes.
func (l *line) trust() {
	l.pace.SetLimit(rate.Inf)
	buffer(l.Conn, muchBuffer)
}

func buffer(c net.Conn, bytes int) {
	if tcp, is := c.(*net.TCPConn); is {
		_ = tcp.SetReadBuffer(bytes)
		_ = tcp.SetWriteBuffer(bytes)
	}
}
