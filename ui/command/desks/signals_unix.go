//go:build unix

package desks

import (
	"os"
	"syscall"
)

// keySignals are the signals that a terminal sends for the keys Ctrl+C, Ctrl+\ and Ctrl+Z, when it is read line by line.
var keySignals = []os.Signal{os.Interrupt, syscall.SIGQUIT, syscall.SIGTSTP}
