// Package rotation gives a store a new sealing key and seals all records again under that key, while others read and write. It
// drops older keys once no record is sealed under them. Every key is written to the key file before it seals anything, so all
// records stay readable even if a rotation is interrupted.
//
// The package uses package store for the records and store/keyring for the keys. Start reading at Rotate, then DropOldKeys.
package rotation
