package lines

import (
	"errors"
	"io"
	"sync/atomic"
)

// source reads the bytes of the input. It can discard the part of a line that was read so far,
// which must not become part of the next line. A terminal delivers such a part at Ctrl+D.
type source struct {
	in    io.Reader
	stale atomic.Bool
	fresh []byte // the bytes that came after the discard
}

var errStale = errors.New("what was typed so far is forgotten")

// Read returns an error once after a discard, as soon as new bytes come.
func (s *source) Read(p []byte) (n int, err error) {
	if len(s.fresh) > 0 {
		n = copy(p, s.fresh)
		s.fresh = s.fresh[n:]
		return n, nil
	}
	n, err = s.in.Read(p)
	if err == nil && s.stale.Swap(false) {
		s.fresh = append(s.fresh, p[:n]...)
		return 0, errStale
	}
	return n, err
}
