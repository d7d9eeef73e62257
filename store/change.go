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
	Gone    bool   `cbor:"3,keyasint,omitempty"`
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
	tx.change(Change{Key: []byte(key), Version: version + 1})
	return version + 1
}

// gone notes that the record under key is deleted, unless the audit log does not know the
// record.
func (tx *Tx) gone(key string, version int) {
	if version > 0 {
		tx.change(Change{Key: []byte(key), Version: version, Gone: true})
	}
}

func (tx *Tx) change(c Change) {
	if tx.changes == nil {
		tx.changes = map[string]Change{}
	}
	tx.changes[string(c.Key)] = c
}

// changed returns the changes of the transaction so far, in the order of their keys.
func (tx *Tx) changed() (changes []Change) {
	for _, key := range slices.Sorted(maps.Keys(tx.changes)) {
		changes = append(changes, tx.changes[key])
	}
	return changes
}

// carryChanges adds the changes of the transaction to its last audit entry. A deletion
// without an entry gets one, because otherwise it would look like a removal by an
// attacker.
func (tx *Tx) carryChanges() {
	changes := tx.changed()
	if len(changes) == 0 {
		return
	}
	if tx.last.key == "" {
		if !slices.ContainsFunc(changes, func(c Change) bool { return c.Gone }) {
			return
		}
		tx.queue(AuditEntry{Terminal: "upkeep", Flow: "upkeep", Step: "records", Outcome: "removed"})
	}
	sealedkv.Put(tx.sealed, tx.last.key, QueuedEntry{tx.last.entry, changes})
}

// changesTogether is how many changes an audit entry of an import has at most.
const changesTogether = 200

// RecordChanges records e for all changes in a transaction of any size. It writes no
// entry if nothing was changed, and several if there are many changes.
func (tx *Tx) RecordChanges(e AuditEntry) {
	for some := range slices.Chunk(tx.changed(), changesTogether) {
		tx.RecordAudit(e)
		sealedkv.Put(tx.sealed, tx.last.key, QueuedEntry{tx.last.entry, some})
	}
	tx.changes, tx.last.key = nil, ""
}

// EncodeChanges encodes changes as they are stored.
func EncodeChanges(changes []Change) ([]byte, error) { return sealedkv.Marshal(changes) }

// DecodeChanges decodes what EncodeChanges returned.
func DecodeChanges(text []byte) (changes []Change, err error) {
	err = sealedkv.Unmarshal(text, &changes)
	return changes, err
}

// QueuedOf decodes a queued entry of the audit log.
func QueuedOf(keys *keyring.Keys, key string, sealed []byte) (QueuedEntry, error) {
	return sealedkv.Decode[QueuedEntry](keys, key, sealed)
}
