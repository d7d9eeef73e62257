// Package sealedkv is a transaction of records: the value of a key is a Go value in CBOR,
// sealed under a keyring and bound to its key. It knows no tables and no kinds of
// records, which package store adds.
//
// It stands on store/kvdb for the transaction below and on store/keyring for the keys. As
// in kvdb, the first failure is kept.
//
// Start at Tx, then Get and Put. A Batch collects what is put, for an import.
package sealedkv
