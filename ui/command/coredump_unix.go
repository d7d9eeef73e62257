//go:build unix && !linux

package command

import "golang.org/x/sys/unix"

// refuseDumps prevents core dumps, because the memory of the process has what visitors typed.
func refuseDumps() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
