package plain

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"loket/ui/tty"
)

// A Terminal is where somebody types, a line at a time, and reads what is written.
// Run takes its input for one if that is one, or a file that is a terminal.
type Terminal interface {
	// Echo sets whether what is typed is shown.
	Echo(on bool)

	// Forget forgets what was typed and not read yet.
	Forget()

	// Height returns how many lines can be seen at once, or 0 if nobody knows.
	Height() int
}

// input reads lines, each when it is asked for: what was not asked for yet stays
// with whoever sends it.
type input struct {
	lines    *bufio.Reader
	from     *source
	terminal Terminal          // that somebody types at, or nil
	file     *tty.LineTerminal // that the terminal is, or nil

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
	if t, is := in.(Terminal); is {
		i.terminal = t
	} else if i.file = tty.LineTerminalOf(in); i.file != nil {
		i.terminal = i.file
	}
	i.reveal()
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
	if i.terminal != nil {
		i.terminal.Echo(false)
	}
}

// reveal has the terminal show what is typed again, whatever is being read.
func (i *input) reveal() {
	if i.terminal != nil {
		i.terminal.Echo(true)
	}
}

// forget forgets what was typed at a terminal and not asked for, or not ended
// with Enter: it is for nobody but who typed it (R19).
func (i *input) forget() {
	if i.terminal == nil {
		return
	}
	i.from.stale.Store(true)
	i.terminal.Forget()
	select {
	case <-i.answers:
		i.pending = false
	default:
	}
}

// close stops reading once the line that was asked for came, if it ever does, and
// leaves the terminal as it was.
func (i *input) close() {
	if i.file != nil {
		i.file.Restore()
	}
	close(i.asked)
}

// read reads a line, and no more of it than longestLine.
func (i *input) read(secret bool) (string, error) {
	if i.file != nil && secret && !i.file.Hides() {
		return i.file.ReadSecret()
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
