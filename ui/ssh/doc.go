// Package ssh serves the desk over SSH, straight on golang.org/x/crypto/ssh: demo
// sessions for whoever connects, the terminals of a branch by their keys, and the
// commands of operators by theirs.
//
// A connection goes through these hands, each in a file of its own: server.go
// accepts it, limits.go says whether there is room, connection.go has it show who
// it is (keys.go) and takes its channels, session.go listens to what each channel
// asks for, and guest.go or operator.go serves it. What comes in is bounded by
// input.go; what goes out by output.go.
//
// Nothing of SSH is here but that: no shell, no forwarding, no subsystem such as
// sftp, no agent, and no variable of the environment but those in environment.go.
//
// Start at Server, then session.
package ssh
