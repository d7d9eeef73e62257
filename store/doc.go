// Package store stores the records of the desk: customers, products, applications, activation numbers, accounts, messages that
// wait to be sent, and entries for the audit log. A record is a Go struct, and Tx has methods to get and put each type. Every
// value is sealed with the keys in the key file and bound to its database key. Every database key is a keyed hash (HMAC) of
// the facts by which the record is found. So the database file, and any copy of it, contains no readable personal data, and
// nobody without the key file can test whether a person is in it.
//
// The package builds on store/sealedkv for records in a transaction, which builds on store/keyring for the keys and on
// store/kvdb for the engine. The packages that process a whole store build on this package: store/auditlog, store/check,
// store/backup, store/lease, store/reindex, store/rotation. Start at Open, then read Store.Update, then any file named after a record.
package store
