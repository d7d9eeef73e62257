// Package auditlog keeps the audit log: a Merkle log (RFC 6962), so that logged entries
// can neither be altered nor removed without detection (X6). A transaction only queues
// its entries (store.Tx.RecordAudit). FoldQueued numbers them, from 0 on, and stores
//
//   - each entry in the form in which it is hashed (leaf), under its number;
//   - the hashes of 256 entries at a time (a tile);
//   - the head: the number of entries, the right edge of the tree over them, which is
//     enough to let the tree grow, and the newest checkpoint;
//   - a checkpoint every 1024 entries, so that a fault can be narrowed down.
//
// A checkpoint (package checkpoint) is the number of entries and the root of the tree
// over them, signed. Copies of it go elsewhere: package maintenance writes them to
// the journal. Verify works everything out anew from the entries.
//
// What can be forgotten is not hashed. The leaf has, instead of the number of a customer,
// a commitment to it: sha256(nonce ‖ number). The nonce and the number are stored beside
// the leaf. When they are deleted (ForgetCustomer), nobody can find out whom the entry was about,
// and the tree is the same. Entries that are too old are deleted except for their hashes
// (ForgetEntriesBefore): only the oldest entries, and every checkpoint says up to which one.
//
// An attacker who changes the log may have
//
//   - the database. The attacker cannot write new records, but can remove records, and
//     put old ones back. Verify finds which entry was changed, removed or inserted. The
//     attacker can also put an old copy of the whole log back, for example the whole
//     file: only a newer checkpoint from outside shows that, and names the first entry
//     that was cut off.
//   - the database and the key file. The attacker can write and sign any log. An older
//     checkpoint from outside shows that. Its signature proves that it is ours if the
//     public key is also recorded elsewhere; the one in the key file could be replaced
//     too. Entries after the newest checkpoint outside can be changed undetected.
//   - the key file alone. The attacker can sign false checkpoints, but change nothing.
//     The log does not fit such a checkpoint.
//
// Two things cannot be detected: entries that an attacker with the database removed from
// the queue just before they were folded, and whom an entry was about once that was
// forgotten, by whomever. An attacker with the key file too can delete the oldest
// entries, as retention does; checkpoints from outside show when the log still had them.
//
// The log stands on package store for its records and on store/checkpoint for signed
// tree heads, and no transaction of a visitor waits for it.
//
// Start at Entry and FoldQueued, then Verify.
package auditlog
