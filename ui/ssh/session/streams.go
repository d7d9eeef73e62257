package session

import (
	"io"

	"loket/ui/ssh/limits"
	"loket/ui/tty"
)

// ReadVisitorInput starts to read the visitor's input and returns it. It calls typed whenever input comes; typed may be nil.
func (s *Session) ReadVisitorInput(typed func()) *Input {
	i := &Input{ctx: s.ctx, turnLimiter: s.turnLimiter, buffer: tty.NewBuffer(s.setup.Limits.Paste)}
	go s.readClient(i, typed)
	return i
}

// readClient reads the client's input, until the end of the input or of the session.
func (s *Session) readClient(to *Input, typed func()) {
	buffer := make([]byte, 2<<10)
	for {
		count, err := s.channel.Read(buffer)
		if count > 0 && typed != nil {
			typed()
		}
		if to.receiveBytes(buffer[:count], err) {
			s.setup.Observer.CountRefusal(limits.RefusedTooMuchInput)
			s.end(ErrTooMuchInput)
			_, err = io.Copy(io.Discard, s.channel)
		}
		if err != nil && s.hasPty && !s.Holder.IsOperator() { // Others may close their input and still read the output.
			s.end(ErrDisconnected)
		}
		if err != nil || s.ctx.Err() != nil {
			return
		}
	}
}

// RawInput returns the input of an operator's client, without a limit.
func (s *Session) RawInput() io.Reader { return s.channel }

// Output returns the client's output for lines of text.
func (s *Session) Output() io.Writer { return s.output(s.channel, s.hasPty) }

// ScreenOutput returns the client's output for control sequences of a terminal.
func (s *Session) ScreenOutput() io.Writer { return s.output(s.channel, false) }

// ErrorOutput returns the error output of an operator's command.
func (s *Session) ErrorOutput() io.Writer { return s.output(s.channel.Stderr(), false) }

func (s *Session) output(to io.Writer, returns bool) *output {
	return &output{to: to, needsReturns: returns, conn: s.conn, writeTimeout: s.writeTimeout(), observer: s.setup.Observer}
}
