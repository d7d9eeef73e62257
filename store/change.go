package store

import (
	"maps"
	"slices"

	"loket/store/keyring"
	"loket/store/sealedkv"
)

// A Change says that an account or an activation number came to a version, or is gone. The
// audit entry of the transaction carries it. So a record that somebody put back as it once
// was, or took away, does not fit the audit log: package store/check tells of it.
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

// nextVersion returns the version that a record comes to which is put under key, and notes
// the change. One that comes by the many, in an import, has version 0 until something
// changes it: there is no audit entry of each.
func (tx *Tx) nextVersion(key string, version int, was bool) int {
	if tx.bulk && !was {
		return 0
	}
	tx.change(Change{Key: []byte(key), Version: version + 1})
	return version + 1
}

// gone notes that the record under key is deleted, if the audit log may know of it.
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

// Changed lists what was changed in the transaction so far, in the order of keys.
func (tx *Tx) changed() (changes []Change) {
	for _, key := range slices.Sorted(maps.Keys(tx.changes)) {
		changes = append(changes, tx.changes[key])
	}
	return changes
}

// carryChanges has the last audit entry of the transaction carry what it changed. What is
// deleted without an entry gets one: else nobody could tell it from what somebody took away.
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

// changesTogether is how many changes one entry carries of an import.
const changesTogether = 200

// RecordChanges records e for all that was changed in a transaction of any size: not at all
// if nothing was, and more than once if that is much.
func (tx *Tx) RecordChanges(e AuditEntry) {
	for some := range slices.Chunk(tx.changed(), changesTogether) {
		tx.RecordAudit(e)
		sealedkv.Put(tx.sealed, tx.last.key, QueuedEntry{tx.last.entry, some})
	}
	tx.changes, tx.last.key = nil, ""
}

// EncodeChanges encodes changes as they are kept. DecodeChanges undoes that.
func EncodeChanges(changes []Change) ([]byte, error) { return sealedkv.Marshal(changes) }

// DecodeChanges undoes EncodeChanges.
func DecodeChanges(text []byte) (changes []Change, err error) {
	err = sealedkv.Unmarshal(text, &changes)
	return changes, err
}

// QueuedOf opens an entry that waits for the audit log.
func QueuedOf(keys *keyring.Keys, key string, sealed []byte) (QueuedEntry, error) {
	return sealedkv.Decode[QueuedEntry](keys, key, sealed)
}
