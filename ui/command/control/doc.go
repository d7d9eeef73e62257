// Package control lets commands reach a desk that is open on this machine. The desk listens on a control socket beside its
// database file, and runs the commands about that database.
//
// The protocol on the socket is SSH (RFC 4254), for its streams, flow control and exit status. SSH authenticates nobody here:
// the kernel identifies the user at the other end, and each side checks that user. The process in which a command was typed
// opens the files that the command names, and only their bytes go over the socket.
//
// Start at Listen, which is the side of the desk, and at Connect, which is the side of the command.
package control
