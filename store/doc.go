// Package store stores the records of the desk: customers, products, applications,
// activation numbers, accounts, messages that wait to be sent, and entries for the audit
// log.
//
// A record is a Go struct that a Tx gets and puts by name. Every value is sealed under
// the key file and bound to its key, and every key is the keyed hash (HMAC) of what the
// record is looked up by. So the database file, and any copy of it, holds no readable
// personal data, and nobody without the key file can test whether a person is in it.
//
// The package stands on store/sealedkv for records in a transaction, which stands on
// store/keyring for the keys and on store/kvdb for the engine. The packages that process
// a whole store stand above it: store/auditlog, store/check, store/backup,
// store/rotation.
//
// Start at Open, then Store.Update, then any file named after a record.
package store
