package lines

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"loket/ui/tty"
)

// A Reader reads lines, each when it is asked for: what was not asked for yet stays
// with its sender.
type Reader struct {
	lines    *bufio.Reader
	from     *source
	terminal Terminal          // that somebody types at, or nil
	file     *tty.LineTerminal // that the terminal is, or nil

	asked   chan bool // whether for a secret
	answers chan Answer
	pending bool // asked, and no answer yet
}

// An Answer is a line, or why no more lines come.
type Answer struct {
	Line string
	Err  error
}

// MaxLine is how many bytes of a line are read, a lot more than any field takes.
const MaxLine = 4096

// NewReader reads lines from in. Close ends it.
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

// Ask has a line read, unless one is asked for already: that will do.
func (r *Reader) Ask(secret bool) {
	if !r.pending {
		r.pending = true
		r.asked <- secret
	}
}

// Answers returns where a line comes that was asked for. Take it by Taken.
func (r *Reader) Answers() <-chan Answer { return r.answers }

// MarkTaken notes that a line was taken from Answers.
func (r *Reader) MarkTaken() { r.pending = false }

// AtTerminal reports whether somebody types at a terminal.
func (r *Reader) AtTerminal() bool { return r.terminal != nil }

// IsHidden reports whether what is typed is not shown, as a secret at a terminal.
func (r *Reader) IsHidden(secret bool) bool { return secret && r.terminal != nil }

// Hide has the terminal not show what is typed from now on. Hide before the question is
// written, because a fast typist does not wait for more.
func (r *Reader) Hide() {
	if r.terminal != nil {
		r.terminal.Echo(false)
	}
}

// Reveal has the terminal show what is typed again, whatever is being read.
func (r *Reader) Reveal() {
	if r.terminal != nil {
		r.terminal.Echo(true)
	}
}

// Forget forgets what was typed at a terminal and not asked for, or not ended
// with Enter: it is for nobody but the visitor who typed it (R19).
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

// Close stops reading once the line that was asked for came, if it ever does, and
// leaves the terminal as it was.
func (r *Reader) Close() {
	if r.file != nil {
		r.file.Restore()
	}
	close(r.asked)
}

// read reads a line, and no more of it than Longest.
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
		err = nil // it comes again
	}
	return text, err
}
