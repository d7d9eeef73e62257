package lines

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"loket/ui/tty"
)

// A Reader reads one line each time that a line is asked for, and reads ahead only as far as its buffer.
type Reader struct {
	lines        *bufio.Reader
	source       *source
	terminal     Terminal          // terminal is the terminal on which the visitor types, or nil.
	fileTerminal *tty.LineTerminal // fileTerminal is the terminal if it is a file, or nil.

	requests  chan bool // requests receives a value for each line that is asked for: true for a secret.
	answers   chan LineResult
	isPending bool // isPending is true if a line was asked for and has not been taken yet.
}

// An LineResult is a line, or the error that ends the input.
type LineResult struct {
	Line string
	Err  error
}

// MaxLine is the maximum number of bytes of a line that are kept. It is much longer than any valid answer.
const MaxLine = 4096

// NewReader returns a Reader that reads lines from in. The caller must Close it. If walkIn is true, no key at a terminal ends the input.
func NewReader(in io.Reader, walkIn bool) *Reader {
	r := &Reader{source: &source{in: in}, requests: make(chan bool), answers: make(chan LineResult, 1)}
	r.lines = bufio.NewReaderSize(r.source, MaxLine)
	if t, is := in.(Terminal); is {
		r.terminal = t
	} else if r.fileTerminal = tty.NewLineTerminal(in, walkIn); r.fileTerminal != nil {
		r.terminal = r.fileTerminal
	}
	r.RevealInput()
	go func() {
		for secret := range r.requests {
			line, err := r.readAnswer(secret)
			r.answers <- LineResult{line, err}
		}
	}()
	return r
}

// RequestLine asks for a line. It does nothing if the previous line that was asked for has not been taken yet.
func (r *Reader) RequestLine(secret bool) {
	if !r.isPending {
		r.isPending = true
		r.requests <- secret
	}
}

// RequestedLines returns the channel that delivers the lines that were asked for. The caller must call MarkLineTaken after receiving a
// line.
func (r *Reader) RequestedLines() <-chan LineResult { return r.answers }

// MarkLineTaken records that a line was received from Answers.
func (r *Reader) MarkLineTaken() { r.isPending = false }

// AtTerminal reports whether the input is a terminal.
func (r *Reader) AtTerminal() bool { return r.terminal != nil }

// IsAnswerHidden reports whether the terminal does not show the answer while it is typed, because the answer is a secret.
func (r *Reader) IsAnswerHidden(secret bool) bool { return secret && r.terminal != nil }

// HideInput makes the terminal stop showing typed characters. It must be called before the question is written, because a visitor
// may type at once.
func (r *Reader) HideInput() {
	if r.terminal != nil {
		r.terminal.SetEcho(false)
	}
}

// RevealInput makes the terminal show typed characters again.
func (r *Reader) RevealInput() {
	if r.terminal != nil {
		r.terminal.SetEcho(true)
	}
}

// DiscardInput discards typed characters that were not read yet, including a line without Enter, because the next visitor must
// not get them (R19).
func (r *Reader) DiscardInput() {
	if r.terminal == nil {
		return
	}
	r.source.discardPartial.Store(true)
	r.terminal.DiscardInput()
	select {
	case <-r.answers:
		r.isPending = false
	default:
	}
}

// Close restores the terminal. The Reader stops after the line that it may be waiting for.
func (r *Reader) Close() {
	if r.fileTerminal != nil {
		r.fileTerminal.Restore()
	}
	close(r.requests)
}

// readAnswer reads a line, and keeps at most MaxLine bytes of it.
func (r *Reader) readAnswer(secret bool) (string, error) {
	if r.fileTerminal != nil && secret && !r.fileTerminal.CanHideInput() {
		return r.fileTerminal.ReadSecret()
	}
	if r.source.discardPartial.Swap(false) {
		r.lines.Reset(r.source)
	}
	for {
		line, err := r.readLine()
		if !errors.Is(err, errPartialLineDiscarded) {
			return line, err
		}
	}
}

func (r *Reader) readLine() (string, error) {
	line, err := r.lines.ReadSlice('\n')
	text := strings.TrimRight(string(line), "\r\n")
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = r.lines.ReadSlice('\n')
	}
	if r.terminal != nil && r.terminal.SendsSequences() {
		text = tty.StripSequences(text)
	}
	if errors.Is(err, io.EOF) && len(text) > 0 {
		err = nil // The next read will return this error again.
	}
	return text, err
}
