package auditlog

import (
	"loket/store"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// DecodeEntryChanges returns the changes in a sealed entry of the audit log or of its queue. The parameter key is the database key of
// the entry.
func DecodeEntryChanges(tx *store.Tx, key string, sealed []byte) ([]store.Change, error) {
	if kvdb.TableFromKey(key) == store.QueueTable {
		e, err := store.DecodeQueued(tx.SealedTx().Keys, key, sealed)
		return e.Changes, err
	}
	r, err := sealedkv.Decode[EntryRecord](tx.SealedTx().Keys, key, sealed)
	if err != nil || len(r.Changes) == 0 {
		return nil, err
	}
	return store.DecodeChanges(r.Changes)
}
