package sealedkv

import "github.com/fxamacker/cbor/v2"

// ReplaceIfUnchanged writes records of a batch to the store, provided that the stored records are still those that the batch
// saw. It reports whether they are; if not, the caller must not commit tx.
func (b *RecordBatch) ReplaceIfUnchanged(tx *Tx, records []EncodedRecord) (unchanged bool) {
	keys := make([]string, len(records))
	for i, r := range records {
		keys[i] = r.Key
	}
	stands := tx.KV.GetMany(keys)
	for i, r := range records {
		if sealedRevision(stands[i]) != b.seenRevisions[r.Key] {
			return false
		}
		if r.Value == nil {
			tx.Delete(r.Key)
		} else {
			Put(tx, r.Key, cbor.RawMessage(r.Value))
		}
	}
	return true
}
