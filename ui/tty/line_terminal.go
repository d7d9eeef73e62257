package tty

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// LineTerminal is a terminal of this machine at which the visitor types a line at a time.
type LineTerminal struct {
	file    *os.File
	before  *term.State
	showing *term.State // with echo
	hiding  *term.State // without echo; nil on a system that cannot turn it off
}

// NewLineTerminal returns the terminal if end is one, or nil.
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

// Echo sets whether input is shown, on systems that can hide it.
func (t *LineTerminal) Echo(on bool) {
	state := t.hiding
	if on {
		state = t.showing
	}
	if state != nil {
		_ = term.SetState(t.file.Fd(), state)
	}
}

// CanHide reports whether this terminal can hide input. If it cannot, the caller reads a secret with
// ReadSecret.
func (t *LineTerminal) CanHide() bool { return t.hiding != nil }

// Forget discards input that was not read yet.
func (t *LineTerminal) Forget() { _ = discardInput(t.file.Fd()) }

// Size returns the width of the terminal in cells, and its height in rows, or 0 if they are not
// known.
func (t *LineTerminal) Size() (width, height int) {
	width, height, err := term.GetSize(t.file.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// Restore restores the terminal to its state before NewLineTerminal.
func (t *LineTerminal) Restore() {
	if t.before != nil {
		_ = term.SetState(t.file.Fd(), t.before)
	}
}

// ReadSecret reads a line without echo.
func (t *LineTerminal) ReadSecret() (string, error) {
	typed, err := term.ReadPassword(t.file.Fd())
	return string(typed), err
}
