// Package keys finds the holder of a public key, a branch terminal or an operator, in two files
// in the format of authorized_keys (sshd(8)). It also reads the server's host key.
//
// The package stands on store/reload, which notices that a file has changed. Start at Files.
package keys
