// Package shell has what a shell and man(1) want to know of the command line. It stands on
// the grammar of package kong that it is given, and names no command itself.
//
// Start at Completion, which prints what a shell runs once, and at Answer, which answers
// the shell each time that somebody presses Tab.
package shell
