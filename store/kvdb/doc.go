// Package kvdb is the contract of an engine: ordered keys in serializable
// transactions. An engine knows tables, keys and bytes, and no record; what the
// bytes mean, and that they are sealed, is for the packages above.
//
// It stands on nothing. The engines (store/bolt, store/etcd) implement it, with
// store/overlay for what a transaction wrote and did not commit yet, and
// store/storetest is the suite that each of them passes. Measured wraps any
// engine to report how long it takes.
//
// Start at Engine, then KV, which is one transaction.
package kvdb
