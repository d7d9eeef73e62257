// Package exitcode has the exit codes of the program, which SSH sessions have too.
package exitcode

// The exit codes.
const (
	Done       = 0
	Failed     = 1
	WrongUsage = 2 // the arguments are wrong, and nothing was done
)

// Codes lists them.
var Codes = []int{Done, Failed, WrongUsage}
