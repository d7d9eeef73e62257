package plain

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
)

// input reads lines, each when it is asked for: what was not asked for yet stays
// with whoever sends it.
type input struct {
	lines    *bufio.Reader
	from     *source
	terminal *os.File    // that somebody types at, or nil
	before   *term.State // of the terminal
	showing  *term.State // of it, while it shows what is typed
	hiding   *term.State // of it, while it does not; nil where there is no such state

	asked   chan bool // whether for a secret
	answers chan answer
	pending bool // asked, and no answer yet
}

// answer is a line, or why there will be none any more.
type answer struct {
	line string
	err  error
}

// longestLine is how many bytes of a line are read, a lot more than any field takes.
const longestLine = 4096

func newInput(in io.Reader) *input {
	i := &input{from: &source{in: in}, asked: make(chan bool), answers: make(chan answer, 1)}
	i.lines = bufio.NewReaderSize(i.from, longestLine)
	if f, is := in.(*os.File); is && term.IsTerminal(f.Fd()) {
		i.terminal = f
		if before, err := term.GetState(f.Fd()); err == nil {
			i.before, i.showing = before, withoutReprint(before)
			i.hiding = withoutEcho(i.showing)
			i.reveal()
		}
	}
	go func() {
		for secret := range i.asked {
			line, err := i.read(secret)
			i.answers <- answer{line, err}
		}
	}()
	return i
}

// ask has a line read, unless one is asked for already: that will do.
func (i *input) ask(secret bool) {
	if !i.pending {
		i.pending = true
		i.asked <- secret
	}
}

// quiet tells whether what is typed now is not to be seen.
func (i *input) quiet(secret bool) bool { return secret && i.terminal != nil }

// hide has the terminal not show what is typed from now on: before the question,
// since who types fast does not wait for more.
func (i *input) hide() {
	if i.hiding != nil {
		_ = term.SetState(i.terminal.Fd(), i.hiding)
	}
}

// reveal has the terminal show what is typed again, whatever is being read.
func (i *input) reveal() {
	if i.showing != nil {
		_ = term.SetState(i.terminal.Fd(), i.showing)
	}
}

// forget forgets what was typed at a terminal and not asked for, or not ended
// with Enter: it is for nobody but who typed it (R19).
func (i *input) forget() {
	if i.terminal == nil {
		return
	}
	i.from.stale.Store(true)
	_ = discard(i.terminal.Fd())
	select {
	case <-i.answers:
		i.pending = false
	default:
	}
}

// close stops reading once the line that was asked for came, if it ever does, and
// leaves the terminal as it was.
func (i *input) close() {
	if i.before != nil {
		_ = term.SetState(i.terminal.Fd(), i.before)
	}
	close(i.asked)
}

// read reads a line, and no more of it than longestLine.
func (i *input) read(secret bool) (string, error) {
	if i.quiet(secret) && i.hiding == nil {
		typed, err := term.ReadPassword(i.terminal.Fd())
		return string(typed), err
	}
	if i.from.stale.Swap(false) {
		i.lines.Reset(i.from)
	}
	for {
		line, err := i.line()
		if !errors.Is(err, errStale) {
			return line, err
		}
	}
}

func (i *input) line() (string, error) {
	line, err := i.lines.ReadSlice('\n')
	text := strings.TrimRight(string(line), "\r\n")
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = i.lines.ReadSlice('\n')
	}
	if errors.Is(err, io.EOF) && len(text) > 0 {
		err = nil // it comes again
	}
	return text, err
}
