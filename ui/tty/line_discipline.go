package tty

import (
	"context"
	"io"
	"sync"
	"unicode/utf8"
)

// A LineDiscipline makes lines of what is typed at a terminal that is elsewhere and can
// draw nothing, as a system does for its own (termios(3)): it shows what is typed, and
// takes it back with Backspace, until Enter.
type LineDiscipline struct {
	ctx  context.Context
	in   Input
	out  io.Writer
	size func() (width, height int)

	line  []byte
	ready []byte // lines that were not read yet
	err   error

	mu     sync.Mutex
	silent bool
	forget bool
}

// Input is what is typed.
type Input interface {
	// Next waits for more of it, or fails once there is no more or ctx is done.
	Next(ctx context.Context) ([]Token, error)

	// Forget forgets what was typed and not returned by Next yet.
	Forget()
}

// longestLine is how many bytes a line has at most.
const longestLine = 2048

// NewLineDiscipline returns the line discipline of a terminal of such a size, until
// ctx is done.
func NewLineDiscipline(ctx context.Context, in Input, out io.Writer, size func() (width, height int)) *LineDiscipline {
	return &LineDiscipline{ctx: ctx, in: in, out: out, size: size}
}

// Echo sets whether what is typed is shown.
func (l *LineDiscipline) Echo(on bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silent = !on
}

// Forget forgets what was typed and not read yet.
func (l *LineDiscipline) Forget() {
	l.in.Forget()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget = true
}

// Size returns how many cells a line has, and how many lines can be seen at once.
func (l *LineDiscipline) Size() (width, height int) { return l.size() }

// Write shows text.
func (l *LineDiscipline) Write(p []byte) (int, error) { return l.out.Write(p) }

// Read returns whole lines.
func (l *LineDiscipline) Read(p []byte) (int, error) {
	l.dropForgotten()
	for len(l.ready) == 0 && l.err == nil {
		typed, err := l.in.Next(l.ctx)
		l.err = err
		l.dropForgotten()
		for _, token := range typed {
			l.takeToken(token)
		}
	}
	if len(l.ready) == 0 {
		return 0, l.err
	}
	n := copy(p, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

// dropForgotten drops the line so far, if it was to be forgotten.
func (l *LineDiscipline) dropForgotten() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.forget {
		l.line, l.ready, l.forget = nil, nil, false
	}
}

// takeToken takes what can be in a line, and leaves out what keys such as arrows send.
func (l *LineDiscipline) takeToken(t Token) {
	if t.Kind == Sequence || t.Kind == BrokenSequence || t.Kind == Key && t.Bytes[0] == escape {
		return
	}
	for rest := t.Bytes; len(rest) > 0 && l.err == nil; {
		_, size := utf8.DecodeRune(rest)
		l.handleControl(rest[:size])
		rest = rest[size:]
	}
}

// What keys send.
const (
	keyInterrupt = 'C' - '@'
	keyEnd       = 'D' - '@'
	keyKill      = 'U' - '@'
	keyBackspace = '\b'
	keyDelete    = 0x7f
)

func (l *LineDiscipline) handleControl(key []byte) {
	switch b := key[0]; {
	case b == '\r' || b == '\n':
		l.echo("\n")
		l.ready, l.line = append(append(l.ready, l.line...), '\n'), nil
	case b == keyBackspace || b == keyDelete:
		l.eraseLast(1)
	case b == keyKill:
		l.eraseLast(utf8.RuneCount(l.line))
	case b == keyInterrupt || b == keyEnd && len(l.line) == 0:
		l.err = io.EOF
	case b < ' ' || len(l.line)+len(key) > longestLine:
	default:
		l.line = append(l.line, key...)
		l.echo(string(key))
	}
}

// eraseLast takes back so many characters.
func (l *LineDiscipline) eraseLast(count int) {
	for range min(count, utf8.RuneCount(l.line)) {
		_, size := utf8.DecodeLastRune(l.line)
		l.line = l.line[:len(l.line)-size]
		l.echo("\b \b")
	}
}

// echo shows what was typed, unless it is a secret.
func (l *LineDiscipline) echo(text string) {
	l.mu.Lock()
	silent := l.silent
	l.mu.Unlock()
	if !silent {
		_, _ = io.WriteString(l.out, text)
	}
}
