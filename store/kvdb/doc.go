// Package kvdb defines the interface of a database engine: ordered keys in serializable transactions. An engine handles
// tables, keys and bytes, but knows no records. The packages above it know the meaning of the bytes, and seal them.
//
// The package uses no other package. store/bolt and store/etcd implement it, with the help of store/overlay for the
// uncommitted writes of a transaction. store/storetest is the test suite for all engines. MeasureEngine wraps an engine to
// report how long its calls take. Start reading at Engine, then KV, which is one transaction.
package kvdb
