package sealedkv

import "github.com/fxamacker/cbor/v2"

// ReplaceUnchanged puts some records of a batch in place of those that it saw, and reports
// whether they were still the same. If not, the transaction is not to be committed.
func (b *Batch) ReplaceUnchanged(tx *Tx, records []Record) (unchanged bool) {
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
