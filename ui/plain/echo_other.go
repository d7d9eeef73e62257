//go:build !unix

package plain

import "github.com/charmbracelet/x/term"

// withoutEcho gives nothing: here a terminal shows what is typed until a secret
// is being read.
func withoutEcho(*term.State) *term.State { return nil }
