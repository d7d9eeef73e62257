package ssh

import (
	"io"
	"sync"
	"unicode/utf8"
)

// cooked makes lines of what is typed at a terminal that can draw nothing, as the
// line discipline of a system would (termios(3)): it shows what is typed, and takes
// it back with Backspace, until Enter. It is a plain.Terminal.
type cooked struct {
	from *input
	to   io.Writer
	rows func() int

	keys  escapes
	line  []byte
	ready []byte // lines that were not read yet
	err   error

	mu     sync.Mutex
	silent bool
	forget bool
}

// longestLine is how many bytes a line has at most.
const longestLine = 2048

// Echo has what is typed be seen, or not.
func (c *cooked) Echo(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.silent = !on
}

// Forget forgets what was typed and not read yet.
func (c *cooked) Forget() {
	c.from.forget()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget = true
}

// Height is how many lines are to be seen at once.
func (c *cooked) Height() int { return c.rows() }

// Write shows text.
func (c *cooked) Write(p []byte) (int, error) { return c.to.Write(p) }

// Read gives whole lines.
func (c *cooked) Read(p []byte) (int, error) {
	for len(c.ready) == 0 && c.err == nil {
		var typed [256]byte
		n, err := c.from.Read(typed[:])
		c.err = err
		c.forgotten()
		for _, b := range typed[:n] {
			if c.keys.pass(b) && c.err == nil {
				c.key(b)
			}
		}
	}
	if len(c.ready) == 0 {
		return 0, c.err
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// forgotten drops the line so far, if it was to be forgotten.
func (c *cooked) forgotten() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.forget {
		c.line, c.ready, c.forget = nil, nil, false
	}
}

// What keys send.
const (
	keyInterrupt = 'C' - '@'
	keyEnd       = 'D' - '@'
	keyKill      = 'U' - '@'
	keyBackspace = '\b'
	keyDelete    = 0x7f
	keyEscape    = 0x1b
)

func (c *cooked) key(b byte) {
	switch {
	case b == '\r' || b == '\n':
		c.show("\n")
		c.ready, c.line = append(append(c.ready, c.line...), '\n'), nil
	case b == keyBackspace || b == keyDelete:
		c.erase(1)
	case b == keyKill:
		c.erase(utf8.RuneCount(c.line))
	case b == keyInterrupt || b == keyEnd && len(c.line) == 0:
		c.err = io.EOF
	case b < ' ' || len(c.line) >= longestLine:
	default:
		c.line = append(c.line, b)
		c.show(string([]byte{b}))
	}
}

// erase takes back so many characters.
func (c *cooked) erase(count int) {
	for range min(count, utf8.RuneCount(c.line)) {
		_, size := utf8.DecodeLastRune(c.line)
		c.line = c.line[:len(c.line)-size]
		c.show("\b \b")
	}
}

// show has what was typed be seen, unless it is not to be.
func (c *cooked) show(text string) {
	c.mu.Lock()
	silent := c.silent
	c.mu.Unlock()
	if !silent {
		_, _ = io.WriteString(c.to, text)
	}
}

// escapes leaves out what keys such as arrows send (ECMA-48).
type escapes struct{ in byte }

// pass tells whether a byte is to be seen.
func (e *escapes) pass(b byte) bool {
	switch {
	case b == keyEscape:
		e.in = keyEscape
	case e.in == keyEscape && (b == '[' || b == 'O'):
		e.in = '['
	case e.in == '[' && b >= 0x20 && b < 0x40:
	case e.in != 0:
		e.in = 0
	default:
		return true
	}
	return false
}
