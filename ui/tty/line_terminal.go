package tty

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// LineTerminal is a terminal of this machine at which the visitor types one line at a time.
type LineTerminal struct {
	file         *os.File
	initialState *term.State
	echoState    *term.State // echoState is the terminal's state with echo.
	// silentState is the terminal's state without echo. It is nil on a system that cannot turn off the echo.
	silentState *term.State
}

// NewLineTerminal returns a LineTerminal for one end of the program's input or output. It returns nil if that is not a
// terminal. If walkIn is true, no key ends the input or sends a signal.
func NewLineTerminal(end any, walkIn bool) *LineTerminal {
	f, is := end.(*os.File)
	if !is || !term.IsTerminal(f.Fd()) {
		return nil
	}
	t := &LineTerminal{file: f}
	if before, err := term.GetState(f.Fd()); err == nil {
		t.initialState, t.echoState = before, lineState(before, walkIn)
		t.silentState = withoutEcho(t.echoState)
	}
	return t
}

// SetEcho sets whether the terminal shows input. It has no effect on systems that cannot hide input.
func (t *LineTerminal) SetEcho(on bool) {
	state := t.silentState
	if on {
		state = t.echoState
	}
	if state != nil {
		_ = term.SetState(t.file.Fd(), state)
	}
}

// CanHideInput reports whether SetEcho can hide input on this terminal. If it cannot, the caller must read secrets with
// ReadSecret.
func (t *LineTerminal) CanHideInput() bool { return t.silentState != nil }

// DiscardInput discards input that was not read yet.
func (t *LineTerminal) DiscardInput() { _ = discardInput(t.file.Fd()) }

// SendsSequences reports that lines can have sequences of keys that type no character, because the system leaves them in.
func (t *LineTerminal) SendsSequences() bool { return true }

// Size returns the width and the height of the terminal in cells. Both are 0 if they are not known.
func (t *LineTerminal) Size() (width, height int) {
	width, height, err := term.GetSize(t.file.Fd())
	if err != nil {
		return 0, 0
	}
	return width, height
}

// Restore restores the state that the terminal had before NewLineTerminal.
func (t *LineTerminal) Restore() {
	if t.initialState != nil {
		_ = term.SetState(t.file.Fd(), t.initialState)
	}
}

// ReadSecret reads a line without showing it.
func (t *LineTerminal) ReadSecret() (string, error) {
	typed, err := term.ReadPassword(t.file.Fd())
	return string(typed), err
}
