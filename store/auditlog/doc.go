// Package auditlog keeps the audit log: a Merkle log (RFC 6962), so that what was
// logged can neither be altered nor taken out unseen (X6). A transaction only queues
// its entries (store.Tx.Record). Fold gives them their numbers, from 0 on, and keeps
//
//   - each entry as it is hashed (leaf), under its number;
//   - the hashes of 256 entries at a time (a tile);
//   - the head: how many entries there are, the right edge of the tree over them,
//     which is all that it takes to let it grow, and the newest checkpoint;
//   - every 1024 entries a checkpoint, so that a fault can be narrowed down.
//
// A checkpoint (package checkpoint) is the number of entries and the root of the tree
// over them, signed. Copies of it go elsewhere: package maintenance writes them to
// the journal. Verify works everything out anew from the entries.
//
// What can be forgotten is not hashed. In place of the number of a customer
// stands a commitment to it, sha256(nonce ‖ number), and nonce and number are
// kept beside it. When they are dropped (Forget) nobody can tell any
// more whom the entry was about, and the tree is the same. What became too old
// is dropped but for its hash (ForgetBefore): the oldest entries only,
// and every checkpoint says up to which one.
//
// Somebody who changes the log behind our back may have
//
//   - the database. They can write no record, but remove some, and put back at
//     its place what stood there before. It is found which entry was changed,
//     removed or put in. They can also put back the whole log as it once was, for
//     example the whole file: only a checkpoint from outside that is newer shows
//     that, and names the first entry that was cut off.
//   - the database and the key file. They can write and sign any log: it is found
//     by a checkpoint from outside that was made before. Its signature says that
//     it is ours if the public key was written down elsewhere as well; with the
//     one in the key file they could replace both. What came after the newest
//     checkpoint outside is theirs to change.
//   - the key file alone. They can sign what we never did, but change nothing.
//     Whoever gets such a checkpoint sees that the log does not fit it.
//
// Two things show nowhere: what somebody with the database took out of the queue
// in the moment before it was folded, and whom an entry was about once that is
// forgotten, whoever had it forgotten. And whoever has the key file too can let go
// of the oldest entries, as retention does; checkpoints outside show when the
// log had them last.
//
// The log stands on package store for its records and on store/checkpoint for signed
// tree heads, and no transaction of a visitor waits for it.
//
// Start at Entry and Fold, then Verify.
package auditlog
