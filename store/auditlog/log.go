package auditlog

import (
	"iter"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// LoggedEntries yields the entries of the audit log in order, without deleted entries.
func LoggedEntries(tx *store.Tx) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for key, sealed := range tx.SealedTx().KV.Scan(store.LogTable + "/") {
			e, err := openEntry(tx, key, sealed)
			if err != nil {
				tx.SealedTx().Fail(err)
				return
			}
			if !yield(e) {
				return
			}
		}
	}
}

// AllEntries yields the entries of the audit log and then the queued entries, oldest first.
func AllEntries(tx *store.Tx) iter.Seq[store.AuditEntry] {
	return func(yield func(store.AuditEntry) bool) {
		for e := range LoggedEntries(tx) {
			if !yield(e.AuditEntry) {
				return
			}
		}
		for e := range sealedkv.Scan[store.AuditEntry](tx.SealedTx(), store.QueueTable) {
			if !yield(e) {
				return
			}
		}
	}
}

// NewestFirst yields the entries of the audit log and of its queue, newest first.
func NewestFirst(tx *store.Tx) iter.Seq[store.AuditEntry] {
	return func(yield func(store.AuditEntry) bool) {
		for _, e := range slices.Backward(slices.Collect(sealedkv.Scan[store.AuditEntry](tx.SealedTx(), store.QueueTable))) {
			if !yield(e) {
				return
			}
		}
		for e := range newestEntries(tx) {
			if !yield(e.AuditEntry) {
				return
			}
		}
	}
}

// newestEntries yields the entries of the audit log, newest first. It reads 256 entries at a time, because engines only scan
// forwards.
func newestEntries(tx *store.Tx) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		head, err := loadHead(tx)
		if err != nil {
			tx.SealedTx().Fail(err)
			return
		}
		for until := head.edge.Size; until > head.newest.FirstKept; until = max(until-tileSize, 0) {
			part, err := listEntriesIn(tx, max(until-tileSize, 0), until)
			if err != nil {
				tx.SealedTx().Fail(err)
				return
			}
			for _, e := range slices.Backward(part) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// listEntriesIn returns the entries with numbers from from up to but not including until, without deleted entries.
func listEntriesIn(tx *store.Tx, from, until int64) (part []Entry, err error) {
	before := "" // before is the key before the first entry.
	if from > 0 {
		before = numberedKey(store.LogTable, from-1)
	}
	for key, sealed := range tx.SealedTx().KV.ScanAfter(store.LogTable+"/", before) {
		if key >= numberedKey(store.LogTable, until) {
			break
		}
		e, err := openEntry(tx, key, sealed)
		if err != nil {
			return nil, err
		}
		part = append(part, e)
	}
	return part, nil
}

func openEntry(tx *store.Tx, key string, sealed []byte) (e Entry, err error) {
	number, err := parseNumber(store.LogTable, key)
	if err != nil {
		return e, newDamageError("a record of it has the key %q", key)
	}
	r, err := sealedkv.Decode[EntryRecord](tx.SealedTx().Keys, key, sealed)
	if err == nil {
		e, err = r.decodeEntry(number)
	}
	if err != nil {
		return e, newDamageError("entry %d cannot be read: %v", number, err)
	}
	return e, nil
}

// EntriesInRange yields the entries with numbers from from up to but not including until. A deleted entry has only its hash.
func EntriesInRange(tx *store.Tx, from, until int64) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		head, err := loadHead(tx)
		for number := from; err == nil && number < min(until, head.edge.Size); number++ {
			var e Entry
			if number < head.newest.FirstKept {
				e.Number = number
				e.Hash, err = loggedEntryHash(tx, number)
			} else {
				e, err = loadIntactEntry(tx, number)
			}
			if err == nil && !yield(e) {
				return
			}
		}
		if err != nil {
			tx.SealedTx().Fail(err)
		}
	}
}

// loadIntactEntry loads an entry, and checks that it has not changed since it was logged.
func loadIntactEntry(tx *store.Tx, number int64) (e Entry, err error) {
	key := numberedKey(store.LogTable, number)
	sealed, found := tx.SealedTx().KV.Get(key)
	if !found {
		return e, newDamageError("entry %d is missing", number)
	}
	if e, err = openEntry(tx, key, sealed); err != nil {
		return e, err
	}
	hash, err := loggedEntryHash(tx, number)
	if err == nil && hash != e.Hash {
		err = newDamageError("entry %d is not the one that was logged", number)
	}
	return e, err
}
