package session

import (
	"context"
	"io"

	"loket/ui/ssh/limits"
	"loket/ui/tty"
)

// Input is the input of a visitor. The session reads everything that the client sends at once, because otherwise x/crypto
// would buffer 2 MB of it, but it hands the input out only at the visitor's turns. If too much input is waiting, the session
// ends.
type Input struct {
	ctx         context.Context
	turnLimiter *limits.TurnLimiter
	buffer      *tty.Buffer
	unread      []byte // unread has the bytes that Read has not returned yet.
}

// maxWaitingBytes limits the input that is waiting, and maxDroppedBytes limits the pastes that are dropped in a session.
const (
	maxWaitingBytes = 64 << 10
	maxDroppedBytes = 256 << 10
)

// maxKeysPerTurn is the largest number of keys that a visitor's turn handles.
const maxKeysPerTurn = 64

// receiveBytes adds bytes from the client to the input. err is the error of reading them. It reports whether too much input is
// waiting or was dropped.
func (i *Input) receiveBytes(sent []byte, err error) (tooMuch bool) {
	_, _ = i.buffer.Write(sent)
	if err != nil {
		i.buffer.Close(err)
	}
	return i.buffer.WaitingBytes() > maxWaitingBytes || i.buffer.DroppedBytes() > maxDroppedBytes
}

// DiscardInput discards input that was not read yet.
func (i *Input) DiscardInput() { i.buffer.DiscardInput() }

// Next waits for input and for the visitor's turn. It returns the keys since the last turn, or a paste. At the end of the
// input, or when ctx is done, it returns io.EOF.
func (i *Input) Next(ctx context.Context) ([]tty.Token, error) {
	for {
		if err := i.buffer.Wait(ctx); err != nil {
			return nil, io.EOF
		}
		if i.turnLimiter.Wait(ctx, 1) != nil {
			return nil, io.EOF
		}
		if all := i.buffer.TakeTokens(maxKeysPerTurn); len(all) > 0 { // There is nothing if the input was discarded in the meantime.
			return all, nil
		}
	}
}

// Read returns the bytes of the tokens that Next returns, until the session ends.
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
