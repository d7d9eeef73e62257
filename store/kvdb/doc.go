// Package kvdb is the contract of an engine: ordered keys in serializable transactions.
// An engine knows tables, keys and bytes, but no records. The packages above know what
// the bytes mean, and seal them.
//
// It stands on nothing. The engines (store/bolt, store/etcd) implement it, with
// store/overlay for the uncommitted writes of a transaction. store/storetest is the test
// suite for all engines. Measured wraps an engine to report how long it takes.
//
// Start at Engine, then KV, which is one transaction.
package kvdb
