package session

import (
	"context"
	"io"

	"loket/ui/ssh/limits"
	"loket/ui/tty"
)

// Input is the input of a visitor, handed out at the visitor's turns. The session reads all
// that the client sends at once, because otherwise x/crypto would buffer 2 MB of it. If too
// much input waits here, the session ends.
type Input struct {
	ctx   context.Context
	turns *limits.RateTurns
	typed *tty.Buffer
	rest  []byte // bytes that Read has not returned yet
}

// The greatest number of bytes of input that wait, and of pastes that are dropped in a session.
const (
	maxWaiting = 64 << 10
	maxDropped = 256 << 10
)

// maxKeys is how many keys a turn has at most.
const maxKeys = 64

// receive takes bytes from the client, and the error of the read. It reports whether too much
// input waits or was dropped.
func (i *Input) receive(sent []byte, err error) (tooMuch bool) {
	_, _ = i.typed.Write(sent)
	if err != nil {
		i.typed.Close(err)
	}
	return i.typed.WaitingBytes() > maxWaiting || i.typed.DroppedBytes() > maxDropped
}

// Forget discards input that was not read yet.
func (i *Input) Forget() { i.typed.Forget() }

// Next waits for input and for the visitor's turn. It returns the keys since the last turn, or
// a paste. It returns io.EOF at the end of the input or when ctx is done.
func (i *Input) Next(ctx context.Context) ([]tty.Token, error) {
	for {
		if err := i.typed.Wait(ctx); err != nil {
			return nil, io.EOF
		}
		if i.turns.Wait(ctx, 1) != nil {
			return nil, io.EOF
		}
		if all := i.typed.TakeTokens(maxKeys); len(all) > 0 { // zero if the input was discarded meanwhile
			return all, nil
		}
	}
}

// Read returns the bytes of Next, until the session ends.
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
