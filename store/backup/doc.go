// Package backup writes a whole store to a file, restores a store from such a file, and copies a store to another engine,
// while others use the store. It works on sealed records, and opens only waiting messages, which a restored store must not
// send again.
//
// The package builds on package store, which has the list of tables, and on the engines of store/kvdb, which can replace their
// whole content at once. Start at Write, Restore and Copy.
package backup
