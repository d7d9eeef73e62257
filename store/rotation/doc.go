// Package rotation gives a store a new key and seals all records anew under it, while
// others read and write, and drops older keys once nothing is sealed under them.
//
// It stands on package store for the records and on store/keyring for the keys. Each
// key that anything was ever sealed under is in the key file before that happens, so
// that an interrupted rotation leaves nothing that cannot be opened.
//
// Start at Run, then Forget.
package rotation
