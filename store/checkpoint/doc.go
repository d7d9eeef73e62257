// Package checkpoint describes the state of an audit log at one time: the number of its entries and the root of the Merkle
// tree over them. The statement is signed, so a copy that is kept outside the log shows whether the log was changed later. An
// Edge lets the tree grow while only its right edge is in memory.
//
// The formats are public (C2SP tlog-checkpoint and signed-note), so other programs can also verify a checkpoint. The package
// uses only golang.org/x/mod/sumdb; store/auditlog stores the log itself. Start reading at Checkpoint, then VerifyNote and
// Checkpoint.Sign.
package checkpoint
