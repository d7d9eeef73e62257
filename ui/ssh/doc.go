// Package ssh serves the desk over SSH, by golang.org/x/crypto/ssh. Without keys, every client
// gets a demo. With keys, the terminals of a branch get the desk, and operators run commands.
//
// server.go accepts a connection, and package limits checks whether there is room.
// connection.go authenticates the client (package keys) and accepts its channels. Package
// session handles the requests of each channel, and visitor or operator.go serves it.
//
// The server supports nothing else of SSH: no shell, no forwarding, no subsystem such as sftp,
// no agent, and no environment variable except those in session/environment.go.
//
// The package stands on keys, limits, session and visitor. Start at Server, then connection.
package ssh
