package lines

import (
	"errors"
	"io"
	"sync/atomic"
)

// source reads the bytes of the input. It can discard the part of a line that was read so far, so that it does not become part
// of the next line. A terminal delivers an unfinished line at Ctrl+D.
type source struct {
	in             io.Reader
	discardPartial atomic.Bool
	newBytes       []byte // newBytes are the bytes that were read after the discard.
}

var errPartialLineDiscarded = errors.New("what was typed so far is forgotten")

// Read returns an error once after a discard, when new bytes have been read.
func (s *source) Read(p []byte) (n int, err error) {
	if len(s.newBytes) > 0 {
		n = copy(p, s.newBytes)
		s.newBytes = s.newBytes[n:]
		return n, nil
	}
	n, err = s.in.Read(p)
	if err == nil && s.discardPartial.Swap(false) {
		s.newBytes = append(s.newBytes, p[:n]...)
		return 0, errPartialLineDiscarded
	}
	return n, err
}
