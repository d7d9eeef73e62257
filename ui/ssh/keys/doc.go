// Package keys says whose key is whose: that of a branch terminal or of an operator, as
// two files in the format of authorized_keys (sshd(8)) list them, and the server's own.
//
// It stands on store/reload, which sees that a file has changed. Start at Files.
package keys
