package store

import (
	"maps"
	"slices"

	"loket/store/keyring"
	"loket/store/sealedkv"
)

// A Change says that an account or an activation number got a new version or was deleted. It is part of the audit entry of the
// transaction. If an attacker restores an old record or removes one, the store no longer matches the audit log, and package
// store/check reports that.
type Change struct {
	Key     []byte `cbor:"1,keyasint"` // Key is the key of the record.
	Version int    `cbor:"2,keyasint"`
	Deleted bool   `cbor:"3,keyasint,omitempty"`
}

// A QueuedEntry is an entry that waits to be folded into the audit log.
type QueuedEntry struct {
	AuditEntry
	Changes []Change `cbor:"9,keyasint,omitempty"`
}

// nextVersion returns the next version number of the record under key, and notes the change. A record that an import adds has
// version 0 until its first change, because an import writes no audit entry for each record.
func (tx *Tx) nextVersion(key string, version int, was bool) int {
	if tx.bulk && !was {
		return 0
	}
	tx.noteRecordChange(Change{Key: []byte(key), Version: version + 1})
	return version + 1
}

// noteDeleted notes that the record under key is deleted. It does nothing for version 0, because the audit log does not know
// such a record.
func (tx *Tx) noteDeleted(key string, version int) {
	if version > 0 {
		tx.noteRecordChange(Change{Key: []byte(key), Version: version, Deleted: true})
	}
}

func (tx *Tx) noteRecordChange(c Change) {
	if tx.changes == nil {
		tx.changes = map[string]Change{}
	}
	tx.changes[string(c.Key)] = c
}

// CountNotedChanges returns the number of changes that the transaction has not recorded yet.
func (tx *Tx) CountNotedChanges() int { return len(tx.changes) }

// sortedChanges returns the changes of the transaction so far, sorted by key.
func (tx *Tx) sortedChanges() (changes []Change) {
	for _, key := range slices.Sorted(maps.Keys(tx.changes)) {
		changes = append(changes, tx.changes[key])
	}
	return changes
}

// attachNotedChanges adds the changes of the transaction to its last audit entry. If there is a deletion but no audit entry, it
// makes one, because otherwise the deletion would look like the work of an attacker.
func (tx *Tx) attachNotedChanges() {
	changes := tx.sortedChanges()
	if len(changes) == 0 {
		return
	}
	if tx.lastQueued.key == "" {
		if !slices.ContainsFunc(changes, func(c Change) bool { return c.Deleted }) {
			return
		}
		tx.queueAudit(AuditEntry{Terminal: "upkeep", Flow: "upkeep", Step: "records", Outcome: "removed"})
	}
	sealedkv.Put(tx.sealed, tx.lastQueued.key, QueuedEntry{tx.lastQueued.entry, changes})
}

// changesPerEntry is the maximum number of changes in one audit entry of an import.
const changesPerEntry = 200

// RecordNotedChanges records the audit entry e with all changes of a transaction of any size. It writes no entry if nothing has
// changed, and several entries if there are many changes.
func (tx *Tx) RecordNotedChanges(e AuditEntry) {
	for some := range slices.Chunk(tx.sortedChanges(), changesPerEntry) {
		tx.RecordAudit(e)
		sealedkv.Put(tx.sealed, tx.lastQueued.key, QueuedEntry{tx.lastQueued.entry, some})
	}
	tx.changes, tx.lastQueued.key = nil, ""
}

// EncodeChanges encodes changes in the form in which they are stored.
func EncodeChanges(changes []Change) ([]byte, error) { return sealedkv.Marshal(changes) }

// DecodeChanges decodes the result of EncodeChanges.
func DecodeChanges(text []byte) (changes []Change, err error) {
	err = sealedkv.Unmarshal(text, &changes)
	return changes, err
}

// DecodeQueued decodes an entry in the queue of the audit log.
func DecodeQueued(keys *keyring.Keys, key string, sealed []byte) (QueuedEntry, error) {
	return sealedkv.Decode[QueuedEntry](keys, key, sealed)
}
