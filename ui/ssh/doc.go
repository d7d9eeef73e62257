// Package ssh serves the desk over SSH, with golang.org/x/crypto/ssh. If the server has no keys, every client gets a demo. If
// it has keys, the terminals of a branch get the desk, and operators run commands.
//
// server.go accepts a connection, and package limits checks whether there is room. connection.go authenticates the client
// (package keys) and accepts its channels. Package session handles the requests of each channel, and package visitor or
// operator.go serves it. The server supports nothing else of SSH: no shell, no forwarding, no subsystem such as sftp, no
// agent, and no environment variables except those in session/environment.go.
//
// The package uses the packages keys, limits, session and visitor. Start reading at Server, then connection.
package ssh
