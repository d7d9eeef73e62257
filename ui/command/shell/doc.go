// Package shell has the completion of command lines in shells, and the page for man(1). It reads the commands from the grammar
// of package kong, and names no command itself.
//
// Start at Completion, which prints the script for a shell. The script runs the program each time that the user presses Tab.
package shell
