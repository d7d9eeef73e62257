package store

import (
	"maps"
	"slices"

	"loket/store/keyring"
	"loket/store/sealedkv"
)

// A Change says that an account or an activation number got a version, or was deleted. It
// is part of the audit entry of the transaction. So a record that an attacker put back or
// removed does not fit the audit log, and package store/check reports it.
type Change struct {
	Key     []byte `cbor:"1,keyasint"` // of the record
	Version int    `cbor:"2,keyasint"`
	Deleted bool   `cbor:"3,keyasint,omitempty"`
}

// QueuedEntry is an entry that waits for the audit log.
type QueuedEntry struct {
	AuditEntry
	Changes []Change `cbor:"9,keyasint,omitempty"`
}

// nextVersion returns the next version of the record under key, and notes the change. A
// record that an import adds has version 0 until it is changed, because an import writes
// no audit entry for each record.
func (tx *Tx) nextVersion(key string, version int, was bool) int {
	if tx.bulk && !was {
		return 0
	}
	tx.noteChange(Change{Key: []byte(key), Version: version + 1})
	return version + 1
}

// noteDeleted notes that the record under key is deleted, unless the audit log does not know the
// record.
func (tx *Tx) noteDeleted(key string, version int) {
	if version > 0 {
		tx.noteChange(Change{Key: []byte(key), Version: version, Deleted: true})
	}
}

func (tx *Tx) noteChange(c Change) {
	if tx.changes == nil {
		tx.changes = map[string]Change{}
	}
	tx.changes[string(c.Key)] = c
}

// sortedChanges returns the changes of the transaction so far, in the order of their keys.
func (tx *Tx) sortedChanges() (changes []Change) {
	for _, key := range slices.Sorted(maps.Keys(tx.changes)) {
		changes = append(changes, tx.changes[key])
	}
	return changes
}

// attachChanges adds the changes of the transaction to its last audit entry. A deletion
// without an entry gets one, because otherwise it would look like a removal by an
// attacker.
func (tx *Tx) attachChanges() {
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

// changesPerEntry is how many changes an audit entry of an import has at most.
const changesPerEntry = 200

// RecordChanges records e for all changes in a transaction of any size. It writes no
// entry if nothing was changed, and several if there are many changes.
func (tx *Tx) RecordChanges(e AuditEntry) {
	for some := range slices.Chunk(tx.sortedChanges(), changesPerEntry) {
		tx.RecordAudit(e)
		sealedkv.Put(tx.sealed, tx.lastQueued.key, QueuedEntry{tx.lastQueued.entry, some})
	}
	tx.changes, tx.lastQueued.key = nil, ""
}

// EncodeChanges encodes changes as they are stored.
func EncodeChanges(changes []Change) ([]byte, error) { return sealedkv.Marshal(changes) }

// DecodeChanges decodes what EncodeChanges returned.
func DecodeChanges(text []byte) (changes []Change, err error) {
	err = sealedkv.Unmarshal(text, &changes)
	return changes, err
}

// DecodeQueued decodes a queued entry of the audit log.
func DecodeQueued(keys *keyring.Keys, key string, sealed []byte) (QueuedEntry, error) {
	return sealedkv.Decode[QueuedEntry](keys, key, sealed)
}
