package ssh

import (
	"bytes"
	"context"
	"io"
	"sync"

	"golang.org/x/time/rate"
)

// input is what a visitor types, as fast as somebody can type who is no machine.
// What comes from the client is read at once, whatever becomes of it, since
// x/crypto would keep 2 MB of it for who does not; so there is a bound on what
// waits here, beyond which the session ends.
type input struct {
	session *session
	pace    *rate.Limiter

	mu      sync.Mutex
	waiting []chunk
	size    int           // of all that waits, in bytes
	err     error         // why nothing comes after that
	news    chan struct{} // has something in it when there is more to read

	rest []byte // of what Read got
}

// chunk is a piece of input.
type chunk struct {
	text   []byte
	pasted bool // which is one thing to do, however long it is
}

// mostWaiting is how many bytes of input wait at most, and mostDropped how many of
// a paste are dropped.
const (
	mostWaiting = 64 << 10
	mostDropped = 1 << 20
)

func (n *session) input() *input {
	l := n.server.Limits
	i := &input{session: n, news: make(chan struct{}, 1), pace: rate.NewLimiter(rate.Limit(l.InputRate), l.InputBurst)}
	go i.pump(n.channel)
	return i
}

// pump takes what the client sends until there is no more.
func (i *input) pump(from io.Reader) {
	pastes := &pastes{most: i.session.server.Limits.Paste, give: i.add}
	buffer := make([]byte, 2<<10)
	for {
		count, err := from.Read(buffer)
		i.session.touched()
		pastes.pass(buffer[:count])
		if i.over(err) || pastes.dropped > mostDropped {
			i.session.server.Watch.Refused(refusedInput)
			i.session.end(errTooMuch)
			_, err = io.Copy(io.Discard, from)
		}
		if err != nil && i.session.pty { // without a terminal there may be much left to say to who has said all
			i.session.end(errGone)
		}
		if err != nil || i.session.ctx.Err() != nil {
			return
		}
	}
}

// add has text wait to be read.
func (i *input) add(text []byte, pasted bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.waiting = append(i.waiting, chunk{bytes.Clone(text), pasted})
	i.size += len(text)
}

// over notes how reading went, and tells whether too much waits.
func (i *input) over(err error) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.err = err
	select {
	case i.news <- struct{}{}:
	default:
	}
	return i.size > mostWaiting
}

// forget forgets what was typed and not read yet.
func (i *input) forget() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.waiting, i.size = nil, 0
}

// Next gives what was typed, at its pace, or pasted.
func (i *input) Next(ctx context.Context) (text []byte, pasted bool, err error) {
	for {
		if c, found, err := i.take(); found || err != nil {
			if !c.pasted && i.pace.WaitN(ctx, len(c.text)) != nil {
				err = io.EOF
			}
			return c.text, c.pasted, err
		}
		select {
		case <-i.news:
		case <-ctx.Done():
			return nil, false, io.EOF
		}
	}
}

// take gives as much of what waits as may be typed at once; an error once there is
// nothing and will be nothing.
func (i *input) take() (c chunk, found bool, err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.waiting) == 0 {
		return c, false, i.err
	}
	c = i.waiting[0]
	if most := i.pace.Burst(); !c.pasted && len(c.text) > most {
		i.waiting[0].text = c.text[most:]
		c.text = c.text[:most]
	} else {
		i.waiting = i.waiting[1:]
	}
	i.size -= len(c.text)
	return c, true, nil
}

// Read is Next until the session ends, for who makes no difference between what is
// typed and what is pasted.
func (i *input) Read(p []byte) (int, error) {
	if len(i.rest) == 0 {
		var err error
		if i.rest, _, err = i.Next(i.session.ctx); err != nil {
			return 0, err
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}
