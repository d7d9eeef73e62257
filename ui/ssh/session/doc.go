// Package session is one session of SSH (RFC 4254 §6): what its client asks for before it
// begins, what it types, and what it is sent. What the session is for is the caller's to do.
//
// What comes in is bounded by input.go, at the visitor's turns, and what goes out by
// output.go. Of what a client may ask there is a terminal, some variables of the
// environment, and a command or none; everything else is refused.
//
// It stands on limits, keys and ui/tty. Start at Session.
package session
