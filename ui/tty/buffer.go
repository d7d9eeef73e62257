package tty

import (
	"context"
	"sync"
	"time"
)

// Over a network an escape sequence arrives in pieces, with pauses between them. The beginning of a sequence and the Escape
// key send the same byte, so only time can distinguish them.
const (
	// LoneEscapeTime is how long an escape character must stand alone to count as the Escape key. It is too short for the visitor
	// to notice.
	LoneEscapeTime = 120 * time.Millisecond

	// maxSequencePause is how long a sequence may pause after its second byte before it counts as broken. Visitors do not have to
	// wait for this, because no key begins like that. If an escape has counted as the Escape key and the rest of a sequence
	// comes within this time after all, the rest is dropped.
	maxSequencePause = time.Second

	// altKeyTime is how long after an escape character any character combines with it into an Alt key. After that, only a
	// character with which a sequence begins belongs to the escape.
	altKeyTime = 50 * time.Millisecond
)

// A Buffer holds the tokens from a terminal until the reader takes them. It uses two bytes of memory for each byte of a token.
type Buffer struct {
	wake chan struct{} // wake is a channel that has a value when there may be tokens to take.

	mu            sync.Mutex
	scanner       Scanner
	writeCount    int         // writeCount is the number of calls of Write.
	pauseTimer    *time.Timer // pauseTimer measures the pause since the last write, if a token has not ended; it may be nil.
	isPastAltTime bool        // isPastAltTime reports whether the pause is longer than altKeyTime.
	// tornEscapeTimer runs until maxSequencePause after an escape that counted as the Escape key; it may be nil.
	tornEscapeTimer *time.Timer
	// skipsNextToken reports whether the next token is the rest of a sequence whose escape counted as the Escape key.
	skipsNextToken bool
	bytes          []byte      // bytes has the content of all tokens that are waiting.
	tokenKinds     []TokenKind // tokenKinds has an element for each byte: the kind of the token that begins there, or 0 inside a token.
	err            error       // err is the reason why no more input comes, or nil.
}

// NewBuffer returns a Buffer that keeps at most maxPaste bytes of each paste.
func NewBuffer(maxPaste int) *Buffer {
	return &Buffer{wake: make(chan struct{}, 1), scanner: Scanner{MaxPaste: maxPaste}}
}

// Write adds input from the terminal to the buffer.
func (b *Buffer) Write(sent []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pauseTimer != nil {
		b.pauseTimer.Stop()
	}
	if loneEscape := len(b.scanner.PendingSequence()) == 1; loneEscape && b.isPastAltTime && len(sent) > 0 && sent[0] != '[' && sent[0] != 'O' {
		b.scanner.FlushPending(b.addToken)
	}
	if len(sent) > 0 && b.clearTornEscape() && continuesSequence(sent) {
		b.skipsNextToken = true
		b.scanner.Scan([]byte{escape}, b.addToken)
	}
	b.scanner.Scan(sent, b.addToken)
	b.writeCount++
	b.isPastAltTime = false
	if len(b.scanner.PendingSequence()) > 0 {
		writes := b.writeCount
		b.pauseTimer = time.AfterFunc(altKeyTime, func() { b.handlePause(writes, altKeyTime) })
	}
	b.wakeReader()
	return len(sent), nil
}

// handlePause is called when the terminal has sent nothing for pauseTime after the given number of writes. It does nothing if
// there was another write in the meantime.
func (b *Buffer) handlePause(writes int, pauseTime time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.writeCount != writes || b.err != nil:
	case pauseTime < LoneEscapeTime:
		b.isPastAltTime = true
		b.pauseTimer = time.AfterFunc(LoneEscapeTime-pauseTime, func() { b.handlePause(writes, LoneEscapeTime) })
	case pauseTime < maxSequencePause && len(b.scanner.PendingSequence()) > 1:
		b.pauseTimer = time.AfterFunc(maxSequencePause-pauseTime, func() { b.handlePause(writes, maxSequencePause) })
	default:
		if len(b.scanner.PendingSequence()) == 1 {
			b.tornEscapeTimer = time.AfterFunc(maxSequencePause-pauseTime, func() {})
		}
		b.scanner.FlushPending(b.addToken)
		b.wakeReader()
	}
}

// clearTornEscape reports whether an escape has counted as the Escape key within the last maxSequencePause. It also forgets that
// escape.
func (b *Buffer) clearTornEscape() bool {
	torn := b.tornEscapeTimer != nil && b.tornEscapeTimer.Stop()
	b.tornEscapeTimer = nil
	return torn
}

// continuesSequence reports whether input may be the rest of an escape sequence whose first byte came in an earlier read. A
// visitor may press Escape and then type an O, but then the O comes alone; in a sequence it comes with one more byte.
func continuesSequence(sent []byte) bool {
	return sent[0] == '[' || sent[0] == 'O' && len(sent) == 2
}

// Close ends the input. After the last token has been taken, Wait returns err.
func (b *Buffer) Close(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pauseTimer != nil {
		b.pauseTimer.Stop()
	}
	b.clearTornEscape()
	b.scanner.FlushPending(b.addToken)
	b.err = err
	b.wakeReader()
}

// wakeReader wakes a reader that is blocked in Wait. The caller must hold b.mu.
func (b *Buffer) wakeReader() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// addToken adds a token to the buffer. The caller must hold b.mu.
func (b *Buffer) addToken(t Token) {
	if b.skipsNextToken {
		b.skipsNextToken = false
		return
	}
	if len(t.Bytes) > 0 {
		b.bytes = append(b.bytes, t.Bytes...)
		b.tokenKinds = append(b.tokenKinds, t.Kind)
		b.tokenKinds = append(b.tokenKinds, make([]TokenKind, len(t.Bytes)-1)...)
	}
}

// Wait waits until there is a token to take. It returns the error that Close was called with, or the error of ctx.
func (b *Buffer) Wait(ctx context.Context) error {
	for {
		if ready, err := b.hasTokens(); ready || err != nil {
			return err
		}
		select {
		case <-b.wake:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *Buffer) hasTokens() (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.tokenKinds) > 0 {
		return true, nil
	}
	return false, b.err
}

// TakeTokens removes a limited number of tokens from the buffer, and returns them. It joins successive characters into one
// token, and always returns a paste alone.
func (b *Buffer) TakeTokens(most int) (all []Token) {
	b.mu.Lock()
	defer b.mu.Unlock()
	bytes, begin, end := b.bytes, 0, 0
	for ; most > 0 && len(b.tokenKinds) > 0; most-- {
		kind, size := b.firstToken()
		if kind == PasteToken && end > 0 {
			break
		}
		if last := len(all) - 1; kind != TextToken || last < 0 || all[last].Kind != TextToken {
			all = append(all, Token{Kind: kind})
			begin = end
		}
		end += size
		all[len(all)-1].Bytes = bytes[begin:end:end]
		b.bytes, b.tokenKinds = b.bytes[size:], b.tokenKinds[size:]
		if kind == PasteToken {
			break
		}
	}
	return all
}

// firstToken returns the kind of the first token, and its size in bytes.
func (b *Buffer) firstToken() (kind TokenKind, size int) {
	for size = 1; size < len(b.tokenKinds) && b.tokenKinds[size] == 0; size++ {
	}
	return b.tokenKinds[0], size
}

// DiscardInput removes all tokens from the buffer.
func (b *Buffer) DiscardInput() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes, b.tokenKinds = nil, nil
}

// WaitingBytes returns the size of all tokens in the buffer, in bytes.
func (b *Buffer) WaitingBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.bytes)
}

// DroppedBytes returns the number of bytes of pastes that were dropped so far.
func (b *Buffer) DroppedBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scanner.DroppedBytes
}
