// Package keyring manages the keys of a store: the keys that seal its records, the key that hashes the facts by which records
// are looked up, and the pair of keys that signs the audit log. All keys are in one file beside the database. Without that
// file the database and its copies are unreadable.
//
// Keys seals with XChaCha20-Poly1305 and hashes lookups with HMAC-SHA256. Sealing keys can be added and promoted while this
// or another process uses them, because a process that meets an unknown key reads the file again. The package uses Tink,
// sumdb/note and store/durable, and knows neither records nor engines.
//
// Start reading at Keys; CreateKeyFile and ReadKeyFile are for the file.
package keyring
