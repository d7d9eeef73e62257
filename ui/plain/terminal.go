package plain

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// A Terminal is where somebody types, a line at a time, and reads what is written.
// Run takes its input for one if that is one, or a file that is a terminal.
type Terminal interface {
	// Echo has what is typed be seen, or not be seen.
	Echo(on bool)

	// Forget forgets what was typed and not read yet.
	Forget()

	// Height is how many lines are to be seen at once; 0 if nobody knows.
	Height() int
}

// fileTerminal is one of the operating system.
type fileTerminal struct {
	file    *os.File
	before  *term.State
	showing *term.State // while it shows what is typed
	hiding  *term.State // while it does not; nil where there is no such state
}

// terminalOf gives the terminal that a file is, or nil.
func terminalOf(end any) *fileTerminal {
	f, is := end.(*os.File)
	if !is || !term.IsTerminal(f.Fd()) {
		return nil
	}
	t := &fileTerminal{file: f}
	if before, err := term.GetState(f.Fd()); err == nil {
		t.before, t.showing = before, withoutReprint(before)
		t.hiding = withoutEcho(t.showing)
	}
	return t
}

func (t *fileTerminal) Echo(on bool) {
	state := t.hiding
	if on {
		state = t.showing
	}
	if state != nil {
		_ = term.SetState(t.file.Fd(), state)
	}
}

func (t *fileTerminal) Forget() { _ = discard(t.file.Fd()) }

func (t *fileTerminal) Height() int {
	_, height, err := term.GetSize(t.file.Fd())
	if err != nil {
		return 0
	}
	return height
}

// restore leaves the terminal as it was.
func (t *fileTerminal) restore() {
	if t.before != nil {
		_ = term.SetState(t.file.Fd(), t.before)
	}
}

// readSecret reads a line that is not seen, where Echo cannot see to that.
func (t *fileTerminal) readSecret() (string, error) {
	typed, err := term.ReadPassword(t.file.Fd())
	return string(typed), err
}
