//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package tty

import "github.com/charmbracelet/x/term"

// withoutEcho returns nil, because on this system the echo can only be turned off while a secret is read.
func withoutEcho(*term.State) *term.State { return nil }

// lineState returns the terminal's state unchanged, because on this system it has no keys to turn off.
func lineState(before *term.State, _ bool) *term.State { return before }

// discardInput does nothing, because on this system the terminal keeps no input.
func discardInput(uintptr) error { return nil }
