// Package keyring has the keys of a store: those that seal its records, the one that
// hashes what they are looked up by, and the pair that signs the audit log. They are in
// one file beside the database. Without that file the database and its copies are
// unreadable.
//
// Keys seals with XChaCha20-Poly1305 and hashes lookups with HMAC-SHA256. Sealing keys
// can be added and promoted while others use them, also by another process: then the file
// is read again. The package stands on Tink, on sumdb/note and on store/durable, and
// knows no record and no engine.
//
// Start at Keys, then Create and Read for the file.
package keyring
