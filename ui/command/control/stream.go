package control

import (
	"cmp"
	"errors"
	"io"

	"golang.org/x/crypto/ssh"
)

// A stream carries a file over a channel. Its end is told apart from a connection that was
// lost: before it there comes a request that says whether all of the file was sent.
type stream struct {
	ssh.Channel
	requests <-chan *ssh.Request
}

// The requests that end a stream. The payload of one that failed is a failureMessage.
const (
	requestComplete = "complete"
	requestFailed   = "failed"
)

// failureMessage says in a sentence why a file was not read or written.
type failureMessage struct{ Reason string }

// Read implements [io.Reader]. It returns io.EOF only if all of the file was received.
func (s *stream) Read(p []byte) (n int, err error) {
	n, err = s.Channel.Read(p)
	if err != io.EOF {
		return n, err
	}
	if err := s.awaitOutcome(); err != nil {
		return n, err
	}
	return n, io.EOF
}

// Write implements [io.Writer]. Once the other side takes no more its error is the reason.
func (s *stream) Write(p []byte) (n int, err error) {
	n, err = s.Channel.Write(p)
	return n, s.explainEnd(err)
}

// explainEnd returns the reason that the other side gave in place of io.EOF.
func (s *stream) explainEnd(err error) error {
	if err != io.EOF {
		return err
	}
	return cmp.Or(s.awaitOutcome(), io.ErrUnexpectedEOF)
}

// awaitOutcome waits for the request that ends the stream, and returns why the other side
// failed, if it did.
func (s *stream) awaitOutcome() error {
	for r := range s.requests {
		switch r.Type {
		case requestComplete:
			return nil
		case requestFailed:
			var m failureMessage
			if err := ssh.Unmarshal(r.Payload, &m); err != nil {
				return err
			}
			return errors.New(m.Reason)
		}
	}
	return io.ErrUnexpectedEOF
}

// finish ends what this side sends: all was sent, or err is why not.
func (s *stream) finish(err error) error {
	kind, payload := requestComplete, []byte(nil)
	if err != nil {
		kind, payload = requestFailed, ssh.Marshal(failureMessage{err.Error()})
	}
	if _, err := s.SendRequest(kind, false, payload); err != nil {
		return s.explainEnd(err)
	}
	return s.explainEnd(s.CloseWrite())
}
