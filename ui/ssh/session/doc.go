// Package session implements one SSH session (RFC 4254 §6): the requests of its client, its input and its output. The caller
// decides what the session does. input.go limits the input, and output.go the output.
//
// A client may request a terminal, some environment variables, and a shell or a command. Every other request is refused. The
// package uses the packages limits, keys and ui/tty. Start reading at Session.
package session
