package lines

import (
	"errors"
	"io"
	"sync/atomic"
)

// source is where bytes come from. Once it is stale, what was read of a line
// until then is not to be put before what comes next: a terminal hands over half
// a line at Ctrl+D.
type source struct {
	in    io.Reader
	stale atomic.Bool
	fresh []byte // came while it got stale
}

var errStale = errors.New("what was typed so far is forgotten")

// Read fails with errStale once after the source got stale, when something comes.
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
