// Package keys finds the holder of a public key, who is a branch terminal or an operator, in two files in the format of
// authorized_keys (sshd(8)). It also reads the server's host key. The package uses store/reload, which notices when a file
// changes. Start reading at Files.
package keys
