// Package checkpoint says what an audit log was once: how many entries it had and
// the root of the Merkle tree over them, signed, so that a copy kept elsewhere shows
// whether the log was changed since. Edge lets such a tree grow with nothing of it
// in memory but its right edge.
//
// The formats are public ones (C2SP tlog-checkpoint and signed-note), so that other
// programs can verify a checkpoint too. The package stands on golang.org/x/mod/sumdb
// and on nothing of ours; the log itself is kept by package store.
//
// Start at Checkpoint, then Open and Checkpoint.Sign.
package checkpoint
