//go:build unix

package desks

import (
	"os"
	"syscall"
)

// keySignals are those that keys send on a terminal that is read line by line:
// Ctrl+C, Ctrl+\ and Ctrl+Z.
var keySignals = []os.Signal{os.Interrupt, syscall.SIGQUIT, syscall.SIGTSTP}
