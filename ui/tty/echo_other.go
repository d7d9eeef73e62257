//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package tty

import "github.com/charmbracelet/x/term"

// withoutEcho returns nil: here a terminal shows what is typed until a secret
// is being read.
func withoutEcho(*term.State) *term.State { return nil }

// withoutReprint is the terminal as it is: here no key shows a line again.
func withoutReprint(before *term.State) *term.State { return before }

// discardInput does nothing: here what is typed is not kept by the terminal.
func discardInput(uintptr) error { return nil }
