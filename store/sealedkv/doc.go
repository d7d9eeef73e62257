// Package sealedkv is a transaction over records: what is under a key is a Go value
// in CBOR, sealed under a keyring and bound to its key. It knows no table and no kind
// of record; package store gives it those.
//
// It stands on store/kvdb for the transaction below and on store/keyring for the keys.
// As in kvdb the first failure sticks.
//
// Start at Tx, then Get and Put. A Batch gathers what is put, for an import.
package sealedkv
