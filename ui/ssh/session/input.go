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
	ctx         context.Context
	turnLimiter *limits.TurnLimiter
	buffer      *tty.Buffer
	unread      []byte // bytes that Read has not returned yet
}

// The greatest number of bytes of input that wait, and of pastes that are dropped in a session.
const (
	maxWaitingBytes = 64 << 10
	maxDroppedBytes = 256 << 10
)

// maxKeys is how many keys a turn has at most.
const maxKeys = 64

// receiveBytes takes bytes from the client, and the error of the read. It reports whether too much
// input waits or was dropped.
func (i *Input) receiveBytes(sent []byte, err error) (tooMuch bool) {
	_, _ = i.buffer.Write(sent)
	if err != nil {
		i.buffer.Close(err)
	}
	return i.buffer.WaitingBytes() > maxWaitingBytes || i.buffer.DroppedBytes() > maxDroppedBytes
}

// DiscardInput discards input that was not read yet.
func (i *Input) DiscardInput() { i.buffer.DiscardInput() }

// Next waits for input and for the visitor's turn. It returns the keys since the last turn, or
// a paste. It returns io.EOF at the end of the input or when ctx is done.
func (i *Input) Next(ctx context.Context) ([]tty.Token, error) {
	for {
		if err := i.buffer.Wait(ctx); err != nil {
			return nil, io.EOF
		}
		if i.turnLimiter.Wait(ctx, 1) != nil {
			return nil, io.EOF
		}
		if all := i.buffer.TakeTokens(maxKeys); len(all) > 0 { // zero if the input was discarded meanwhile
			return all, nil
		}
	}
}

// Read returns the bytes of Next, until the session ends.
func (i *Input) Read(p []byte) (int, error) {
	if len(i.unread) == 0 {
		all, err := i.Next(i.ctx)
		if err != nil {
			return 0, err
		}
		for _, token := range all {
			i.unread = append(i.unread, token.Bytes...)
		}
	}
	n := copy(p, i.unread)
	i.unread = i.unread[n:]
	return n, nil
}
