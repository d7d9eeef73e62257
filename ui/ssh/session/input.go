package session

import (
	"context"
	"io"

	"loket/ui/ssh/limits"
	"loket/ui/tty"
)

// Input is what a visitor types, at their turns. What comes from the client is read at
// once, whatever becomes of it, because x/crypto would keep 2 MB of it otherwise; so
// there is a bound on what waits here, beyond which the session ends.
type Input struct {
	ctx   context.Context
	turns *limits.RateTurns
	typed *tty.Buffer
	rest  []byte // that Read has not returned yet
}

// mostWaiting is how many bytes of input wait at most, and mostDropped how many of
// a session's pastes are dropped.
const (
	maxWaiting = 64 << 10
	maxDropped = 256 << 10
)

// maxKeys is how many keys there are in a turn at most.
const maxKeys = 64

// receive takes what came, and why no more does, and reports whether it is too much.
func (i *Input) receive(sent []byte, err error) (tooMuch bool) {
	_, _ = i.typed.Write(sent)
	if err != nil {
		i.typed.Close(err)
	}
	return i.typed.WaitingBytes() > maxWaiting || i.typed.DroppedBytes() > maxDropped
}

// Forget forgets what was typed and not read yet.
func (i *Input) Forget() { i.typed.Forget() }

// Next waits until something was typed, and for the visitor's turn. It returns what
// was typed since the last one, or else what was pasted.
func (i *Input) Next(ctx context.Context) ([]tty.Token, error) {
	for {
		if err := i.typed.Wait(ctx); err != nil {
			return nil, io.EOF
		}
		if i.turns.Wait(ctx, 1) != nil {
			return nil, io.EOF
		}
		if all := i.typed.TakeTokens(maxKeys); len(all) > 0 { // and was not forgotten meanwhile
			return all, nil
		}
	}
}

// Read is Next until the session ends, as bytes.
func (i *Input) Read(p []byte) (int, error) {
	if len(i.rest) == 0 {
		all, err := i.Next(i.ctx)
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
