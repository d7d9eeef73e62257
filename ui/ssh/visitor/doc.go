// Package visitor serves a visitor in an SSH session. The visitor gets the demo in a sandbox, or the desk of a branch
// terminal, on the full screen or line by line. The package uses the two interfaces of the desk, ui and ui/plain, and package
// session. Start reading at Handler.
package visitor
