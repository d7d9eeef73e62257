package tty

import (
	"context"
	"io"
	"sync"
	"unicode/utf8"
)

// A LineDiscipline makes lines out of the input that is typed at a terminal on another machine, as the system does for its own
// terminals (termios(3)). It echoes input, and handles Backspace, until Enter.
type LineDiscipline struct {
	IsWalkIn bool // IsWalkIn is true if no key ends the input.

	ctx  context.Context
	in   Input
	out  io.Writer
	size func() (width, height int)

	filter     typedFilter
	line       []byte
	readyLines []byte // readyLines has complete lines that were not read yet.
	err        error

	mu             sync.Mutex
	isEchoOff      bool
	discardPending bool
}

// Input is a source of a terminal's input.
type Input interface {
	// Next waits for more input and returns it. It returns an error at the end of the input, or when ctx is done.
	Next(ctx context.Context) ([]Token, error)

	// DiscardInput discards input that Next has not returned yet.
	DiscardInput()
}

// maxLineBytes is the largest number of bytes in a line.
const maxLineBytes = 2048

// NewLineDiscipline returns a line discipline for a terminal, which works until ctx is done. size returns the size of the
// terminal in cells.
func NewLineDiscipline(ctx context.Context, in Input, out io.Writer, size func() (width, height int)) *LineDiscipline {
	return &LineDiscipline{ctx: ctx, in: in, out: out, size: size}
}

// SetEcho sets whether the terminal shows input.
func (l *LineDiscipline) SetEcho(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isEchoOff = !on
}

// DiscardInput discards input that was not read yet.
func (l *LineDiscipline) DiscardInput() {
	l.in.DiscardInput()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.discardPending = true
}

// SendsSequences reports that lines have no sequences of keys, because the LineDiscipline leaves them out.
func (l *LineDiscipline) SendsSequences() bool { return false }

// Size returns the width and the height of the terminal in cells.
func (l *LineDiscipline) Size() (width, height int) { return l.size() }

// Write writes to the terminal.
func (l *LineDiscipline) Write(p []byte) (int, error) { return l.out.Write(p) }

// Read returns complete lines of input.
func (l *LineDiscipline) Read(p []byte) (int, error) {
	l.discardIfAsked()
	for len(l.readyLines) == 0 && l.err == nil {
		typed, err := l.in.Next(l.ctx)
		l.err = err
		l.discardIfAsked()
		for _, token := range typed {
			l.takeToken(token)
		}
	}
	if len(l.readyLines) == 0 {
		return 0, l.err
	}
	n := copy(p, l.readyLines)
	l.readyLines = l.readyLines[n:]
	return n, nil
}

// discardIfAsked discards the unfinished line, if DiscardInput was called.
func (l *LineDiscipline) discardIfAsked() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.discardPending {
		l.line, l.readyLines, l.discardPending = nil, nil, false
	}
}

// takeToken adds a token to the line. It ignores keys that do not type a character, such as arrow keys.
func (l *LineDiscipline) takeToken(t Token) {
	for rest := l.filter.typedBytes(t); len(rest) > 0 && l.err == nil; {
		_, size := utf8.DecodeRune(rest)
		l.handleControl(rest[:size])
		rest = rest[size:]
	}
}

// The bytes that some keys send.
const (
	keyInterrupt  = 'C' - '@'
	keyEndOfInput = 'D' - '@'
	keyEraseLine  = 'U' - '@'
	keyBackspace  = '\b'
	keyDelete     = 0x7f
)

func (l *LineDiscipline) handleControl(key []byte) {
	switch b := key[0]; {
	case b == '\r' || b == '\n':
		l.echo("\n")
		l.readyLines, l.line = append(append(l.readyLines, l.line...), '\n'), nil
	case b == keyBackspace || b == keyDelete:
		l.eraseLast(1)
	case b == keyEraseLine:
		l.eraseLast(utf8.RuneCount(l.line))
	case !l.IsWalkIn && (b == keyInterrupt || b == keyEndOfInput && len(l.line) == 0):
		l.err = io.EOF
	case b < ' ' || len(l.line)+len(key) > maxLineBytes:
	default:
		l.line = append(l.line, key...)
		l.echo(string(key))
	}
}

// eraseLast erases the last count characters of the line.
func (l *LineDiscipline) eraseLast(count int) {
	for range min(count, utf8.RuneCount(l.line)) {
		_, size := utf8.DecodeLastRune(l.line)
		l.line = l.line[:len(l.line)-size]
		l.echo("\b \b")
	}
}

// echo shows input on the terminal, unless the echo is turned off.
func (l *LineDiscipline) echo(text string) {
	l.mu.Lock()
	silent := l.isEchoOff
	l.mu.Unlock()
	if !silent {
		_, _ = io.WriteString(l.out, text)
	}
}
