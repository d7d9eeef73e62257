// Package checkpoint describes the state of an audit log at one time: the number of its
// entries and the root of the Merkle tree over them, signed, so that a copy outside the
// log shows whether it was changed later. Edge lets such a tree grow with only its right
// edge in memory.
//
// The formats are public (C2SP tlog-checkpoint and signed-note), so that other programs
// can verify a checkpoint too. The package stands on golang.org/x/mod/sumdb alone;
// store/auditlog stores the log itself.
//
// Start at Checkpoint, then Open and Checkpoint.Sign.
package checkpoint
