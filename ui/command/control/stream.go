package control

import (
	"cmp"
	"errors"
	"io"

	"golang.org/x/crypto/ssh"
)

// A stream transfers a file over a channel. Before its end comes a request that says whether the whole file was sent. So the
// receiver can distinguish the end of the file from a lost connection.
type stream struct {
	ssh.Channel
	requests <-chan *ssh.Request
}

// requestTransferDone and requestTransferFailed end a stream. The payload of requestTransferFailed is a failureMessage.
const (
	requestTransferDone   = "complete"
	requestTransferFailed = "failed"
)

// failureMessage has a sentence that says why a file could not be read or written.
type failureMessage struct{ Reason string }

// Read implements [io.Reader]. It returns io.EOF only if all of the file was received.
func (s *stream) Read(p []byte) (n int, err error) {
	n, err = s.Channel.Read(p)
	if err != io.EOF {
		return n, err
	}
	if err := s.awaitTransferOutcome(); err != nil {
		return n, err
	}
	return n, io.EOF
}

// Write implements [io.Writer]. If the other side stopped reading, the error is the reason that it gave.
func (s *stream) Write(p []byte) (n int, err error) {
	n, err = s.Channel.Write(p)
	return n, s.explainEnd(err)
}

// explainEnd replaces io.EOF by the reason that the other side gave. It returns other errors unchanged.
func (s *stream) explainEnd(err error) error {
	if err != io.EOF {
		return err
	}
	return cmp.Or(s.awaitTransferOutcome(), io.ErrUnexpectedEOF)
}

// awaitTransferOutcome waits for the request that ends the stream. It returns nil if that request reports success, and otherwise the
// error of the other side.
func (s *stream) awaitTransferOutcome() error {
	for r := range s.requests {
		switch r.Type {
		case requestTransferDone:
			return nil
		case requestTransferFailed:
			var m failureMessage
			if err := ssh.Unmarshal(r.Payload, &m); err != nil {
				return err
			}
			return errors.New(m.Reason)
		}
	}
	return io.ErrUnexpectedEOF
}

// sendTransferOutcome tells the other side that everything was sent, or that sending failed with err. It returns the error of the other
// side.
func (s *stream) sendTransferOutcome(err error) error {
	kind, payload := requestTransferDone, []byte(nil)
	if err != nil {
		kind, payload = requestTransferFailed, ssh.Marshal(failureMessage{err.Error()})
	}
	if _, err := s.SendRequest(kind, false, payload); err != nil {
		return s.explainEnd(err)
	}
	return s.explainEnd(s.CloseWrite())
}
