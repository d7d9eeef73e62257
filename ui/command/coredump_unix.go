//go:build unix && !linux

package command

import "golang.org/x/sys/unix"

// disableCoreDumps prevents core dumps, because the memory of the process contains what visitors typed.
func disableCoreDumps() error { return unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
