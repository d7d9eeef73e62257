package tty

import (
	"context"
	"sync"
	"time"
)

// Over a network an escape sequence comes in pieces, with pauses between them. Only time tells its
// beginning from the Escape key.
const (
	// EscapeTime is how long an escape may stand alone before it counts as the Escape key. The
	// visitor does not notice so short a wait.
	EscapeTime = 120 * time.Millisecond

	// sequenceTime is how long a sequence may pause after its second byte before it counts as
	// broken. No key begins like that, so no visitor waits for it. If the rest of a sequence
	// comes within this time after its escape counted as a key, the rest is dropped.
	sequenceTime = time.Second

	// altKeyTime is how long after an escape any character makes a key with it (Alt). After that
	// only the beginning of a sequence belongs to the escape.
	altKeyTime = 50 * time.Millisecond
)

// A Buffer holds the tokens from a terminal until the reader takes them. It uses two bytes of memory
// for each byte of a token.
type Buffer struct {
	wake chan struct{} // full when there may be more to take

	mu            sync.Mutex
	scanner       Scanner
	writes        int         // how many so far
	pauseTimer    *time.Timer // runs since the last write, if a token has not ended; or nil
	isPastAltTime bool        // the pause lasts longer than altKeyTime
	tornEscape    *time.Timer // runs until sequenceTime after an escape that counted as a key; or nil
	skipNext      bool        // the next token is the rest of a sequence whose escape counted as a key
	bytes         []byte      // of all tokens that wait
	kinds         []Kind      // for each byte the kind of the token that begins there; 0 inside a token
	err           error       // why no more input comes
}

// NewBuffer returns a Buffer that keeps at most maxPaste bytes of a paste.
func NewBuffer(maxPaste int) *Buffer {
	return &Buffer{wake: make(chan struct{}, 1), scanner: Scanner{MaxPaste: maxPaste}}
}

// Write adds input to the buffer.
func (b *Buffer) Write(sent []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pauseTimer != nil {
		b.pauseTimer.Stop()
	}
	if loneEscape := len(b.scanner.Pending()) == 1; loneEscape && b.isPastAltTime && len(sent) > 0 && sent[0] != '[' && sent[0] != 'O' {
		b.scanner.Flush(b.addToken)
	}
	if len(sent) > 0 && b.clearTornEscape() && continuesSequence(sent) {
		b.skipNext = true
		b.scanner.Scan([]byte{escape}, b.addToken)
	}
	b.scanner.Scan(sent, b.addToken)
	b.writes++
	b.isPastAltTime = false
	if len(b.scanner.Pending()) > 0 {
		writes := b.writes
		b.pauseTimer = time.AfterFunc(altKeyTime, func() { b.handlePause(writes, altKeyTime) })
	}
	b.wakeReader()
	return len(sent), nil
}

// handlePause handles a pause after the given number of writes. It does nothing if there was a write
// meanwhile.
func (b *Buffer) handlePause(writes int, pauseTime time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.writes != writes || b.err != nil:
	case pauseTime < EscapeTime:
		b.isPastAltTime = true
		b.pauseTimer = time.AfterFunc(EscapeTime-pauseTime, func() { b.handlePause(writes, EscapeTime) })
	case pauseTime < sequenceTime && len(b.scanner.Pending()) > 1:
		b.pauseTimer = time.AfterFunc(sequenceTime-pauseTime, func() { b.handlePause(writes, sequenceTime) })
	default:
		if len(b.scanner.Pending()) == 1 {
			b.tornEscape = time.AfterFunc(sequenceTime-pauseTime, func() {})
		}
		b.scanner.Flush(b.addToken)
		b.wakeReader()
	}
}

// clearTornEscape reports whether an escape counted as a key within sequenceTime, and stops the timer of
// that.
func (b *Buffer) clearTornEscape() bool {
	torn := b.tornEscape != nil && b.tornEscape.Stop()
	b.tornEscape = nil
	return torn
}

// continuesSequence reports whether input may be the rest of an escape sequence whose ESC came in an
// earlier read. A visitor can press Escape and then type an O, but the O comes alone then, and in a
// sequence it comes with one more byte.
func continuesSequence(sent []byte) bool {
	return sent[0] == '[' || sent[0] == 'O' && len(sent) == 2
}

// Close ends the input. Wait returns err after the last token.
func (b *Buffer) Close(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pauseTimer != nil {
		b.pauseTimer.Stop()
	}
	b.clearTornEscape()
	b.scanner.Flush(b.addToken)
	b.err = err
	b.wakeReader()
}

// wakeReader wakes a reader in Wait. The caller holds b.mu.
func (b *Buffer) wakeReader() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// addToken adds a token to the buffer. The caller holds b.mu.
func (b *Buffer) addToken(t Token) {
	if b.skipNext {
		b.skipNext = false
		return
	}
	if len(t.Bytes) > 0 {
		b.bytes = append(b.bytes, t.Bytes...)
		b.kinds = append(b.kinds, t.Kind)
		b.kinds = append(b.kinds, make([]Kind, len(t.Bytes)-1)...)
	}
}

// Wait waits until there is a token to take. The error is that of Close, or that of ctx.
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
	if len(b.kinds) > 0 {
		return true, nil
	}
	return false, b.err
}

// TakeTokens returns and removes at most so many tokens. Successive characters become one token. A
// paste is always returned alone.
func (b *Buffer) TakeTokens(most int) (all []Token) {
	b.mu.Lock()
	defer b.mu.Unlock()
	bytes, begin, end := b.bytes, 0, 0
	for ; most > 0 && len(b.kinds) > 0; most-- {
		kind, size := b.firstToken()
		if kind == Paste && end > 0 {
			break
		}
		if last := len(all) - 1; kind != Text || last < 0 || all[last].Kind != Text {
			all = append(all, Token{Kind: kind})
			begin = end
		}
		end += size
		all[len(all)-1].Bytes = bytes[begin:end:end]
		b.bytes, b.kinds = b.bytes[size:], b.kinds[size:]
		if kind == Paste {
			break
		}
	}
	return all
}

// firstToken returns the kind of the first token, and its size in bytes.
func (b *Buffer) firstToken() (kind Kind, size int) {
	for size = 1; size < len(b.kinds) && b.kinds[size] == 0; size++ {
	}
	return b.kinds[0], size
}

// DiscardInput removes all tokens that wait.
func (b *Buffer) DiscardInput() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes, b.kinds = nil, nil
}

// WaitingBytes returns how many bytes the tokens that wait have.
func (b *Buffer) WaitingBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.bytes)
}

// DroppedBytes returns how many bytes of pastes were dropped so far.
func (b *Buffer) DroppedBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scanner.Dropped
}
