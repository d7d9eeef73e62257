// Package session is one session of SSH (RFC 4254 §6): the requests of its client, its input
// and its output. The caller does what the session is for.
//
// input.go bounds the input, and output.go the output. A client may request a terminal, some
// environment variables, and a shell or a command. Every other request is refused.
//
// The package stands on limits, keys and ui/tty. Start at Session.
package session
