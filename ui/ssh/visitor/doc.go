// Package visitor serves a visitor in a session of SSH. The visitor gets the demo in a sandbox,
// or the desk of a branch terminal, on the full screen or line by line.
//
// The package stands on the two faces of the desk, ui and ui/plain, and on session. Start at
// Handler.
package visitor
