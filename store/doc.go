// Package store keeps what the desk knows: customers, products, applications,
// activation numbers, accounts, messages that wait to leave, and the audit log.
//
// A record is a Go struct that a Tx gets and puts by name. Under it lies an
// Engine, which keeps ordered keys in serializable transactions and knows no
// record; store/bolt is one. Between the two, every value is CBOR sealed under
// the key file and bound to its key, and every key is the keyed hash (HMAC) of
// what the record is looked up by. So the database file, and any copy of it,
// holds no readable personal data, and nobody without the key file can ask it
// whether somebody is in it.
//
// Start at Open, then Store.Update, then any file named after a record.
package store
