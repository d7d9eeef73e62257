package sealedkv

import (
	"slices"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// A Batch collects what transactions put, to write it later. A nil Batch collects
// nothing. A Batch is not safe for concurrent use.
type Batch struct {
	records map[string]any    // nil for a deleted one
	seen    map[string]string // the revision of each key that was got or put; nil unless the batch watches
}

// A Record is a record to write; Value is nil if it is deleted.
type Record struct {
	Key   string
	Value any
}

// NewBatch makes an empty batch. If it watches, ReplaceUnchanged can find out what was
// changed in the meantime.
func NewBatch(watches bool) *Batch {
	b := &Batch{records: map[string]any{}}
	if watches {
		b.seen = map[string]string{}
	}
	return b
}

func (b *Batch) getRecord(key string) (record any, is bool) {
	if b == nil {
		return nil, false
	}
	record, is = b.records[key]
	return record, is
}

// putRecord collects a record, and notes the revision that it replaces.
func (b *Batch) putRecord(kv kvdb.KV, key string, record any) {
	if b.seen != nil {
		if _, was := b.seen[key]; !was {
			sealed, _ := kv.Get(key)
			b.noteRevision(key, sealed)
		}
	}
	b.records[key] = record
}

func (b *Batch) noteRevision(key string, sealed []byte) {
	if b != nil && b.seen != nil {
		b.seen[key] = sealedRevision(sealed)
	}
}

// TakeRecords empties the batch, and returns its records by table, in the order of
// tables, and by key within each.
func (b *Batch) TakeRecords(tables []string) []Record {
	keys := map[string][]string{}
	for key := range b.records {
		table := kvdb.TableOf(key)
		keys[table] = append(keys[table], key)
	}
	ordered := make([]Record, 0, len(b.records))
	for _, table := range tables {
		slices.Sort(keys[table])
		for _, key := range keys[table] {
			ordered = append(ordered, Record{key, b.records[key]})
		}
	}
	clear(b.records) // so that each record can be freed once it is written
	return ordered
}

// EncodeAll encodes and seals records, and releases each value afterwards.
func EncodeAll(keys *keyring.Keys, records []Record) (entries []kvdb.Entry, err error) {
	entries = make([]kvdb.Entry, len(records))
	for i, r := range records {
		entries[i].Key = r.Key
		if r.Value == nil {
			continue
		}
		if entries[i].Value, err = Encode(keys, r.Key, r.Value); err != nil {
			return nil, err
		}
		records[i].Value = nil
	}
	return entries, nil
}

// sealedRevision returns the beginning of a sealed record, which identifies it: the
// number of a key and a unique nonce. It is empty for a missing record.
func sealedRevision(sealed []byte) string {
	const begins = 5 + 24 // bytes
	return string(sealed[:min(len(sealed), begins)])
}
