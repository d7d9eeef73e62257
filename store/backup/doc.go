// Package backup writes a whole store to a file, puts such a file in place of a store,
// and copies a store to another engine, while others go on. All of it goes by
// records as they are sealed: none is opened but messages that a restored store must
// not send again.
//
// It stands on package store, which says what tables there are, and on the contract of
// an engine (store/kvdb), which can replace all that it keeps at once.
//
// Start at Write, Restore and Copy.
package backup
