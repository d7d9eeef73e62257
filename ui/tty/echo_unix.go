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

// withoutReprint returns a copy of a terminal's state in which Ctrl+R does not print the line again, because the line may
// contain hidden input.
func withoutReprint(before *term.State) *term.State {
	state := *before
	state.Cc[unix.VREPRINT] = disabledKey
	return &state
}
