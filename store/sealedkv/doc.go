// Package sealedkv stores records as Go values: it encodes each value in CBOR, and seals it under a keyring and for its key.
// It knows neither tables nor kinds of records; package store adds both.
//
// The package uses store/kvdb for the transaction below and store/keyring for the keys. As in kvdb, after its first failure a
// transaction finds nothing. Start reading at Tx, then Get and Put. A RecordBatch collects the records of an import.
package sealedkv
