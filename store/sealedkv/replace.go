package sealedkv

// ReplaceUnchanged puts some records of a batch, and reports whether those that they
// replace are still the ones that the batch saw. If not, the transaction must not be
// committed.
func (b *Batch) ReplaceUnchanged(tx *Tx, records []Record) (unchanged bool) {
	for _, r := range records {
		sealed, _ := tx.KV.Get(r.Key)
		if sealedRevision(sealed) != b.seen[r.Key] {
			return false
		}
		if r.Value == nil {
			tx.Delete(r.Key)
		} else {
			Put(tx, r.Key, r.Value)
		}
	}
	return true
}
