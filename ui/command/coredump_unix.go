//go:build unix && !linux

package command

import "golang.org/x/sys/unix"

// refuseDumps has the system write no image of the process to a file, whatever ends it:
// there is in it what visitors have typed.
func refuseDumps() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
