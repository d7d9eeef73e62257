package ssh

import (
	"context"
	"io"

	"loket/ui/tty"
)

// input is what a visitor types, at their pace. What comes from the client is read
// at once, whatever becomes of it, because x/crypto would keep 2 MB of it otherwise;
// so there is a bound on what waits here, beyond which the session ends.
type input struct {
	session *session
	typed   *tty.Buffer
	rest    []byte // that Read has not returned yet
}

// mostWaiting is how many bytes of input wait at most, and mostDropped how many of
// a session's pastes are dropped.
const (
	mostWaiting = 64 << 10
	mostDropped = 256 << 10
)

func (n *session) input() *input {
	i := &input{session: n, typed: tty.NewBuffer(n.server.Limits.Paste)}
	go i.pump(n.channel)
	return i
}

// pump takes what the client sends until there is no more.
func (i *input) pump(from io.Reader) {
	buffer := make([]byte, 2<<10)
	for {
		count, err := from.Read(buffer)
		if count > 0 {
			i.session.touched()
		}
		_, _ = i.typed.Write(buffer[:count])
		if err != nil {
			i.typed.Close(err)
		}
		if i.typed.Size() > mostWaiting || i.typed.Dropped() > mostDropped {
			i.session.server.Watch.Refused(refusedInput)
			i.session.end(errTooMuch)
			_, err = io.Copy(io.Discard, from)
		}
		if err != nil && i.session.pty { // without a terminal there may be much left to say to a client that has said all
			i.session.end(errGone)
		}
		if err != nil || i.session.ctx.Err() != nil {
			return
		}
	}
}

// Forget forgets what was typed and not read yet.
func (i *input) Forget() { i.typed.Forget() }

// mostKeys is how many keys there are in a turn at most.
const mostKeys = 64

// Next waits until something was typed, and for the visitor's turn. It returns what
// was typed since the last one, or else what was pasted.
func (i *input) Next(ctx context.Context) ([]tty.Token, error) {
	for {
		if err := i.typed.Wait(ctx); err != nil {
			return nil, io.EOF
		}
		if i.session.pace.turn(ctx, 1) != nil {
			return nil, io.EOF
		}
		if all := i.typed.Take(mostKeys); len(all) > 0 { // and was not forgotten meanwhile
			return all, nil
		}
	}
}

// Read is Next until the session ends, as bytes.
func (i *input) Read(p []byte) (int, error) {
	if len(i.rest) == 0 {
		all, err := i.Next(i.session.ctx)
		if err != nil {
			return 0, err
		}
		for _, token := range all {
			i.rest = append(i.rest, token.Bytes...)
		}
	}
	n := copy(p, i.rest)
	i.rest = i.rest[n:]
	return n, nil
}
