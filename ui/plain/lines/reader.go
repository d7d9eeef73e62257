package lines

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"loket/ui/tty"
)

// A Reader reads a line when it is asked for, and reads no further ahead than its buffer.
type Reader struct {
	lines    *bufio.Reader
	from     *source
	terminal Terminal          // where the visitor types, or nil
	file     *tty.LineTerminal // the terminal if it is a file, or nil

	asked   chan bool // a request for a line; true for a secret
	answers chan Answer
	pending bool // a line was asked for and not taken yet
}

// An Answer is a line, or the error that ends the input.
type Answer struct {
	Line string
	Err  error
}

// MaxLine is how many bytes of a line are kept, far more than any field takes.
const MaxLine = 4096

// NewReader returns a Reader of lines from in. The caller must Close it.
func NewReader(in io.Reader) *Reader {
	r := &Reader{from: &source{in: in}, asked: make(chan bool), answers: make(chan Answer, 1)}
	r.lines = bufio.NewReaderSize(r.from, MaxLine)
	if t, is := in.(Terminal); is {
		r.terminal = t
	} else if r.file = tty.NewLineTerminal(in); r.file != nil {
		r.terminal = r.file
	}
	r.Reveal()
	go func() {
		for secret := range r.asked {
			line, err := r.read(secret)
			r.answers <- Answer{line, err}
		}
	}()
	return r
}

// Ask asks for a line, unless the last line that was asked for is still to come.
func (r *Reader) Ask(secret bool) {
	if !r.pending {
		r.pending = true
		r.asked <- secret
	}
}

// Answers returns the channel of the lines that were asked for. The caller must call
// MarkTaken after it received one.
func (r *Reader) Answers() <-chan Answer { return r.answers }

// MarkTaken records that a line was received from Answers.
func (r *Reader) MarkTaken() { r.pending = false }

// AtTerminal reports whether the input is a terminal.
func (r *Reader) AtTerminal() bool { return r.terminal != nil }

// IsHidden reports whether the answer to a question is not shown while it is typed: a secret
// at a terminal.
func (r *Reader) IsHidden(secret bool) bool { return secret && r.terminal != nil }

// Hide stops the terminal from showing typed characters. Call Hide before the question is
// written, because a visitor may type at once.
func (r *Reader) Hide() {
	if r.terminal != nil {
		r.terminal.Echo(false)
	}
}

// Reveal lets the terminal show typed characters again.
func (r *Reader) Reveal() {
	if r.terminal != nil {
		r.terminal.Echo(true)
	}
}

// Forget discards what was typed at a terminal and not read yet, including a line without
// Enter, because the next visitor must not get it (R19).
func (r *Reader) Forget() {
	if r.terminal == nil {
		return
	}
	r.from.stale.Store(true)
	r.terminal.Forget()
	select {
	case <-r.answers:
		r.pending = false
	default:
	}
}

// Close restores the terminal, and stops reading after the line that was asked for, if that
// still comes.
func (r *Reader) Close() {
	if r.file != nil {
		r.file.Restore()
	}
	close(r.asked)
}

// read reads a line and keeps at most MaxLine bytes of it.
func (r *Reader) read(secret bool) (string, error) {
	if r.file != nil && secret && !r.file.CanHide() {
		return r.file.ReadSecret()
	}
	if r.from.stale.Swap(false) {
		r.lines.Reset(r.from)
	}
	for {
		line, err := r.line()
		if !errors.Is(err, errStale) {
			return line, err
		}
	}
}

func (r *Reader) line() (string, error) {
	line, err := r.lines.ReadSlice('\n')
	text := strings.TrimRight(string(line), "\r\n")
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.lines.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && len(text) > 0 {
		err = nil // the next read returns it again
	}
	return text, err
}
