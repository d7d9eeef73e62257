//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// withoutEcho returns a copy of a terminal's state with the echo turned off.
func withoutEcho(before *term.State) *term.State {
	state := *before
	state.Lflag &^= unix.ECHO
	return &state
}

// lineState returns a copy of a terminal's state for lines. In it, Ctrl+R does not print the line again, because the line may contain
// hidden input, and Ctrl+S does not stop the output, because a desk that cannot write ends no visit. If walkIn is true, no key ends
// the input or sends a signal.
func lineState(before *term.State, walkIn bool) *term.State {
	state := *before
	state.Cc[unix.VREPRINT] = disabledKey
	state.Iflag &^= unix.IXON
	if walkIn {
		state.Lflag &^= unix.ISIG
		state.Cc[unix.VEOF] = disabledKey
	}
	return &state
}
