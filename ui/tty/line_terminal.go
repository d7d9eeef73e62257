package tty

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// LineTerminal is a terminal of this machine at which the visitor types a line at a time.
type LineTerminal struct {
	file         *os.File
	initialState *term.State
	echoState    *term.State // with echo
	silentState  *term.State // without echo; nil on a system that cannot turn it off
}

// NewLineTerminal returns the terminal if end is one, or nil.
func NewLineTerminal(end any) *LineTerminal {
	f, is := end.(*os.File)
	if !is || !term.IsTerminal(f.Fd()) {
		return nil
	}
	t := &LineTerminal{file: f}
	if before, err := term.GetState(f.Fd()); err == nil {
		t.initialState, t.echoState = before, withoutReprint(before)
		t.silentState = withoutEcho(t.echoState)
	}
	return t
}

// SetEcho sets whether input is shown, on systems that can hide it.
func (t *LineTerminal) SetEcho(on bool) {
	state := t.silentState
	if on {
		state = t.echoState
	}
	if state != nil {
		_ = term.SetState(t.file.Fd(), state)
	}
}

// CanHideInput reports whether this terminal can hide input. If it cannot, the caller reads a secret with
// ReadSecret.
func (t *LineTerminal) CanHideInput() bool { return t.silentState != nil }

// DiscardInput discards input that was not read yet.
func (t *LineTerminal) DiscardInput() { _ = discardInput(t.file.Fd()) }

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
	if t.initialState != nil {
		_ = term.SetState(t.file.Fd(), t.initialState)
	}
}

// ReadSecret reads a line without echo.
func (t *LineTerminal) ReadSecret() (string, error) {
	typed, err := term.ReadPassword(t.file.Fd())
	return string(typed), err
}
