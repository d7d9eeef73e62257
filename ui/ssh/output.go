package ssh

import (
	"bytes"
	"io"
	"time"
)

// output is what a visitor sees. Whoever takes nothing of it for too long is gone,
// and the connection with them: else what is drawn for them would wait for ever.
type output struct {
	session *session
	to      io.Writer
	returns bool // a line feed needs a carriage return before it
}

// output is for lines of text.
func (n *session) output() *output { return &output{session: n, to: n.channel, returns: n.pty} }

// screen is for what drives a terminal.
func (n *session) screen() *output { return &output{session: n, to: n.channel} }

// errors is where an operator reads what is said beside a result.
func (n *session) errors() *output { return &output{session: n, to: n.channel.Stderr()} }

// Write sends p, with the line ends that a terminal wants if there is one.
func (o *output) Write(p []byte) (int, error) {
	stalled := time.AfterFunc(o.session.patience(), func() { o.session.line.Close() })
	defer stalled.Stop()
	sent := p
	if o.returns {
		sent = withReturns(p)
	}
	o.session.server.Watch.Wrote(len(sent))
	if _, err := o.to.Write(sent); err != nil {
		return 0, err
	}
	return len(p), nil
}

// withReturns puts a carriage return before each line feed that has none.
func withReturns(p []byte) []byte {
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
