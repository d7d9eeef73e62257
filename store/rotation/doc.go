// Package rotation gives a store a new key and reseals all records under it, while others
// read and write. It drops older keys once no record is sealed under them.
//
// It stands on package store for the records and on store/keyring for the keys. Each key
// is in the key file before anything is sealed under it, so that after an interrupted
// rotation everything can be opened.
//
// Start at Rotate, then DropOldKeys.
package rotation
