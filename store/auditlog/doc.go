// Package auditlog implements the audit log as a Merkle log (RFC 6962), so that nobody can
// alter or remove a logged entry without detection (X6). A transaction only queues its
// entries (store.Tx.RecordAudit). FoldQueued numbers the queued entries, starting at 0, and
// stores
//
//   - each entry in the form in which it is hashed (leaf), under its number;
//   - the hashes of the entries, in groups of 256 (tiles);
//   - the head: the number of entries, the right edge of the hash tree, which is enough to
//     add entries to the tree, and the newest checkpoint;
//   - a checkpoint every 1024 entries, which helps to locate a fault.
//
// A checkpoint (package checkpoint) is the signed number of entries and root hash of the
// tree. Copies of it are kept elsewhere: package maintenance writes them to the journal.
// Verify recomputes all hashes from the entries.
//
// Facts that may have to be forgotten are not hashed. Instead of a customer's ID, the leaf
// has a commitment to it: sha256(nonce ‖ ID). The nonce and the ID are stored beside the
// leaf. After ForgetCustomers has deleted them, nobody can find out whom the entry was about,
// and the tree is unchanged. ForgetEntriesBefore deletes the oldest entries, but keeps their
// hashes. Every checkpoint says which entries were deleted.
//
// An attacker who changes the log may have
//
//   - the database. The attacker cannot write new records, but can remove records and
//     restore old ones. Verify finds the entry that was changed, removed or inserted. The
//     attacker can also replace the whole log by an old copy, for example the whole file.
//     Only a newer checkpoint from outside shows that, and it tells the first entry that is
//     missing.
//   - the database and the key file. The attacker can write and sign any log. An older
//     checkpoint from outside shows that. Its signature proves that it is ours if the
//     public key was also recorded elsewhere, because the attacker can replace the public
//     key in the key file. Entries after the newest checkpoint outside can be changed
//     without detection.
//   - the key file alone. The attacker can sign false checkpoints, but cannot change the
//     log, which does not fit them.
//
// Two things cannot be detected: entries that an attacker with the database removed from
// the queue just before they were folded, and whom a forgotten entry was about. An attacker
// who also has the key file can delete the oldest entries, as retention does. Checkpoints
// from outside show that the log had more entries.
//
// The package builds on package store for its records and on store/checkpoint for signed
// tree heads. No transaction of a visitor waits for it. Start at Entry and FoldQueued, then
// read Verify.
package auditlog
