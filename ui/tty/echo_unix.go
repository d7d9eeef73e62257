//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// withoutEcho is the state of a terminal that does not show what is typed, and is
// as before in all else.
func withoutEcho(before *term.State) *term.State {
	state := *before
	state.Lflag &^= unix.ECHO
	return &state
}

// withoutReprint is the state of a terminal on which no key, as Ctrl+R does,
// shows once more what was typed on a line: also what was hidden then.
func withoutReprint(before *term.State) *term.State {
	state := *before
	state.Cc[unix.VREPRINT] = disabled
	return &state
}
