// Package exitcode says how a command, or a session, ends: as the exit code of the
// program, and as the one that an SSH client gets.
package exitcode

// The exit codes.
const (
	Done       = 0
	Failed     = 1
	WrongUsage = 2 // and nothing was done
)

// Codes lists them.
var Codes = []int{Done, Failed, WrongUsage}
