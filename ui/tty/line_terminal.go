package tty

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// LineTerminal is a terminal of this machine at which somebody types a line at a time.
type LineTerminal struct {
	file    *os.File
	before  *term.State
	showing *term.State // while it shows what is typed
	hiding  *term.State // while it does not; nil where there is no such state
}

// NewLineTerminal returns the terminal that a file is, or nil.
func NewLineTerminal(end any) *LineTerminal {
	f, is := end.(*os.File)
	if !is || !term.IsTerminal(f.Fd()) {
		return nil
	}
	t := &LineTerminal{file: f}
	if before, err := term.GetState(f.Fd()); err == nil {
		t.before, t.showing = before, withoutReprint(before)
		t.hiding = withoutEcho(t.showing)
	}
	return t
}

// Echo sets whether what is typed is shown, where Hides is true.
func (t *LineTerminal) Echo(on bool) {
	state := t.hiding
	if on {
		state = t.showing
	}
	if state != nil {
		_ = term.SetState(t.file.Fd(), state)
	}
}

// CanHide reports whether Echo can hide what is typed. Where it cannot, ReadSecret does.
func (t *LineTerminal) CanHide() bool { return t.hiding != nil }

// Forget forgets what was typed and not read yet.
func (t *LineTerminal) Forget() { _ = discardInput(t.file.Fd()) }

// Size returns how many cells a line has, and how many lines can be seen at once: 0 if nobody
// knows.
func (t *LineTerminal) Size() (width, height int) {
	width, height, err := term.GetSize(t.file.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// Restore leaves the terminal as it was.
func (t *LineTerminal) Restore() {
	if t.before != nil {
		_ = term.SetState(t.file.Fd(), t.before)
	}
}

// ReadSecret reads a line that is not shown.
func (t *LineTerminal) ReadSecret() (string, error) {
	typed, err := term.ReadPassword(t.file.Fd())
	return string(typed), err
}
