// Package backup writes a whole store to a file, restores a store from such a file, and
// copies a store to another engine, while others use the store. It processes sealed
// records, and opens only messages that a restored store must not send again.
//
// It stands on package store, which has the list of tables, and on the contract of an
// engine (store/kvdb), which can replace everything that it stores at once.
//
// Start at Write, Restore and Copy.
package backup
