package session

import (
	"bytes"
	"io"
	"time"
)

// output writes to a client. If the client accepts no output for too long, output closes the connection, because otherwise the
// write would block for ever.
type output struct {
	to           io.Writer
	needsReturns bool // needsReturns reports whether a line feed needs a carriage return before it.
	conn         io.Closer
	writeTimeout time.Duration
	observer     Observer
}

// Write sends p. If the output goes to a terminal, it adds a carriage return before each line feed.
func (o *output) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(o.writeTimeout, func() { o.conn.Close() })
	defer stalled.Stop()
	sent := p
	if o.needsReturns {
		sent = withCarriageReturns(p)
	}
	o.observer.CountBytesWritten(len(sent))
	if _, err := o.to.Write(sent); err != nil {
		return 0, err
	}
	return len(p), nil
}

// IsTerminal reports whether the output goes to a terminal.
func (o *output) IsTerminal() bool { return o.needsReturns }

// withCarriageReturns adds a carriage return before each line feed that does not have one.
func withCarriageReturns(p []byte) []byte {
	if bytes.IndexByte(p, '\n') < 0 {
		return p
	}
	text := make([]byte, 0, len(p)+16)
	for i, b := range p {
		if b == '\n' && (i == 0 || p[i-1] != '\r') {
			text = append(text, '\r')
		}
		text = append(text, b)
	}
	return text
}
