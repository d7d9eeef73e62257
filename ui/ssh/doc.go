// Package ssh serves the desk over SSH, straight on golang.org/x/crypto/ssh: demo
// sessions for whoever connects, the terminals of a branch by their keys, and the
// commands of operators by theirs.
//
// A connection goes through these hands: server.go accepts it, limits says whether there
// is room, connection.go has it show who it is (keys) and takes its channels, session
// listens to what each channel asks for, and visitor or operator.go serves it.
//
// Nothing of SSH is here but that: no shell, no forwarding, no subsystem such as sftp, no
// agent, and no variable of the environment but those in session/environment.go.
//
// It stands on keys, limits, session and visitor. Start at Server, then connection.
package ssh
