//go:build !linux && !darwin && !dragonfly && !freebsd && !netbsd && !openbsd

package tty

import "github.com/charmbracelet/x/term"

// withoutEcho returns nil: on this system the echo is off only while a secret is read.
func withoutEcho(*term.State) *term.State { return nil }

// withoutReprint returns before: on this system no key prints a line again.
func withoutReprint(before *term.State) *term.State { return before }

// discardInput does nothing: on this system the terminal keeps no input.
func discardInput(uintptr) error { return nil }
