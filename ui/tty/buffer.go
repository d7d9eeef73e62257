package tty

import (
	"context"
	"sync"
	"time"
)

// Over a link, a sequence comes in pieces with pauses between them, and by time alone
// is it told from the Escape key.
const (
	// EscapeTime is how long an escape may stand alone until it counts as the Escape
	// key. Nobody takes so short a wait for one.
	EscapeTime = 120 * time.Millisecond

	// sequenceTime is how long a sequence may pause, once more of it came than an escape,
	// until it counts as broken off. No key begins like one, so nobody waits for it. What
	// comes of a sequence so long after its escape that this counted as a key is left out.
	sequenceTime = time.Second

	// altKeyTime is how long after an escape any other character is a key together with it.
	// After that only what begins a sequence belongs to it.
	altKeyTime = 50 * time.Millisecond
)

// A Buffer holds what has come from a terminal until somebody takes it. A token takes
// two bytes for each of its own, whatever it is.
type Buffer struct {
	news chan struct{} // has something in it when there may be more to take

	mu      sync.Mutex
	scanner Scanner
	writes  int         // so far
	pause   *time.Timer // since the last one, if a token has not ended; or nil
	slow    bool        // whether that lasts for altTime
	torn    *time.Timer // since an escape counted as a key, until sequenceTime is over; or nil
	skip    bool        // whether the token that comes next is the rest of a sequence torn so
	bytes   []byte      // of all tokens that wait, one after the other
	kinds   []Kind      // of the token that begins at the byte in the same place; 0 within one
	err     error       // why nothing more comes
}

// NewBuffer returns a Buffer in which a paste has at most so many bytes.
func NewBuffer(maxPaste int) *Buffer {
	return &Buffer{news: make(chan struct{}, 1), scanner: Scanner{MaxPaste: maxPaste}}
}

// Write keeps what came.
func (b *Buffer) Write(sent []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pause != nil {
		b.pause.Stop()
	}
	if lone := len(b.scanner.Pending()) == 1; lone && b.slow && len(sent) > 0 && sent[0] != '[' && sent[0] != 'O' {
		b.scanner.Flush(b.addToken)
	}
	if len(sent) > 0 && b.mended() && goesOn(sent) {
		b.skip = true
		b.scanner.Scan([]byte{escape}, b.addToken)
	}
	b.scanner.Scan(sent, b.addToken)
	b.writes++
	b.slow = false
	if len(b.scanner.Pending()) > 0 {
		writes := b.writes
		b.pause = time.AfterFunc(altKeyTime, func() { b.notePause(writes, altKeyTime) })
	}
	b.wakeReader()
	return len(sent), nil
}

// notePause notes that nothing came for a while after so many writes, unless something
// came just then.
func (b *Buffer) notePause(writes int, while time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.writes != writes || b.err != nil:
	case while < EscapeTime:
		b.slow = true
		b.pause = time.AfterFunc(EscapeTime-while, func() { b.notePause(writes, EscapeTime) })
	case while < sequenceTime && len(b.scanner.Pending()) > 1:
		b.pause = time.AfterFunc(sequenceTime-while, func() { b.notePause(writes, sequenceTime) })
	default:
		if len(b.scanner.Pending()) == 1 {
			b.torn = time.AfterFunc(sequenceTime-while, func() {})
		}
		b.scanner.Flush(b.addToken)
		b.wakeReader()
	}
}

// mended reports whether an escape counted as a key a moment ago, and forgets it.
func (b *Buffer) mended() bool {
	torn := b.torn != nil && b.torn.Stop()
	b.torn = nil
	return torn
}

// goesOn reports whether what came may be the rest of a sequence whose escape came
// before. Somebody may press Escape and type an O, but not with another key at once.
func goesOn(sent []byte) bool {
	return sent[0] == '[' || sent[0] == 'O' && len(sent) == 2
}

// Close notes that nothing more comes, and why.
func (b *Buffer) Close(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pause != nil {
		b.pause.Stop()
	}
	b.mended()
	b.scanner.Flush(b.addToken)
	b.err = err
	b.wakeReader()
}

// wakeReader wakes somebody who waits. b is locked.
func (b *Buffer) wakeReader() {
	select {
	case b.news <- struct{}{}:
	default:
	}
}

// addToken keeps a token. b is locked.
func (b *Buffer) addToken(t Token) {
	if b.skip {
		b.skip = false
		return
	}
	if len(t.Bytes) > 0 {
		b.bytes = append(b.bytes, t.Bytes...)
		b.kinds = append(b.kinds, t.Kind)
		b.kinds = append(b.kinds, make([]Kind, len(t.Bytes)-1)...)
	}
}

// Wait waits until there is something to take. It fails once nothing more comes, with
// what Close said, or ctx is done.
func (b *Buffer) Wait(ctx context.Context) error {
	for {
		if there, err := b.hasTokens(); there || err != nil {
			return err
		}
		select {
		case <-b.news:
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

// TakeTokens returns the first so many tokens, or as many as there are: characters that
// follow each other as one. A paste comes by itself.
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

// firstToken returns the kind of the first token that waits, and how many bytes it has.
func (b *Buffer) firstToken() (kind Kind, size int) {
	for size = 1; size < len(b.kinds) && b.kinds[size] == 0; size++ {
	}
	return b.kinds[0], size
}

// Forget forgets what waits.
func (b *Buffer) Forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes, b.kinds = nil, nil
}

// WaitingBytes returns how many bytes wait.
func (b *Buffer) WaitingBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.bytes)
}

// DroppedBytes returns how many bytes of pastes were too many.
func (b *Buffer) DroppedBytes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scanner.Dropped
}
