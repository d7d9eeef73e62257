package session

import (
	"io"

	"loket/ui/ssh/limits"
	"loket/ui/tty"
)

// Input returns what the visitor types, and begins to read it. typed is called whenever
// something was typed; it may be nil.
func (s *Session) Input(typed func()) *Input {
	i := &Input{ctx: s.ctx, turns: s.turns, typed: tty.NewBuffer(s.in.Limits.Paste)}
	go s.readClient(i, typed)
	return i
}

// readClient takes what the client sends until there is no more.
func (s *Session) readClient(to *Input, typed func()) {
	buffer := make([]byte, 2<<10)
	for {
		count, err := s.channel.Read(buffer)
		if count > 0 && typed != nil {
			typed()
		}
		if to.receive(buffer[:count], err) {
			s.in.Watch.Refused(limits.RefusedInput)
			s.end(ErrTooMuchInput)
			_, err = io.Copy(io.Discard, s.channel)
		}
		if err != nil && s.pty { // without a terminal there may be much left to say to a client that has said all
			s.end(ErrDisconnected)
		}
		if err != nil || s.ctx.Err() != nil {
			return
		}
	}
}

// RawInput returns what the client of an operator sends, as it is.
func (s *Session) RawInput() io.Reader { return s.channel }

// Output is for lines of text.
func (s *Session) Output() io.Writer { return s.output(s.channel, s.pty) }

// Screen is for what drives a terminal.
func (s *Session) Screen() io.Writer { return s.output(s.channel, false) }

// Errors is where an operator reads what is said beside a result.
func (s *Session) Errors() io.Writer { return s.output(s.channel.Stderr(), false) }

func (s *Session) output(to io.Writer, returns bool) *output {
	return &output{to: to, returns: returns, conn: s.conn, patience: s.writeTimeout(), watch: s.in.Watch}
}
