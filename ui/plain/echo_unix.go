//go:build unix

package plain

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
