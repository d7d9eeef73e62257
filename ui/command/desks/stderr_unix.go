//go:build unix && !linux

package desks

import (
	"os"

	"golang.org/x/sys/unix"
)

// redirectFile makes all later output to a file of this process go to another file. This includes the message of the Go
// runtime when the process crashes.
func redirectFile(file, by *os.File) error { return unix.Dup2(int(by.Fd()), int(file.Fd())) }
