// Package exitcode has the exit codes of the program. SSH sessions use the same codes.
package exitcode

// The exit codes of the program.
const (
	Done       = 0
	Failed     = 1
	WrongUsage = 2 // WrongUsage means that the arguments are wrong and that nothing was done.
)

// Codes are all exit codes.
var Codes = []int{Done, Failed, WrongUsage}
