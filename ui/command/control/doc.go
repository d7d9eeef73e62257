// Package control lets commands reach a desk that is open on this machine: the desk listens
// on a control socket beside its database file, and a command whose database has such a
// socket is run by the desk.
//
// SSH (RFC 4254) is spoken over the socket, for its streams, its flow control and its exit
// status. It authenticates nobody: the kernel says which user is at the other end, and each
// side looks. Files that are named in a command are opened by the process in which it was
// typed, and only their bytes go over the socket.
//
// Start at Listen, which is the desk's side, and at Connect, which is the command's.
package control
