//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import (
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// withoutEcho returns a terminal state without echo, and otherwise the same.
func withoutEcho(before *term.State) *term.State {
	state := *before
	state.Lflag &^= unix.ECHO
	return &state
}

// withoutReprint returns a terminal state in which Ctrl+R does not print the line again, because it
// would also print input that was hidden.
func withoutReprint(before *term.State) *term.State {
	state := *before
	state.Cc[unix.VREPRINT] = disabledKey
	return &state
}
