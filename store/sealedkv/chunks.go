package sealedkv

import (
	"context"
	"fmt"
	"iter"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/parallel"
)

// maxChunkRecords is the largest number of records in a chunk that is sealed. A chunk also ends once it has maxChunkBytes bytes of
// records.
const (
	maxChunkRecords = 256
	maxChunkBytes   = 256 << 10
)

// chunksSealedAhead is the number of chunks to seal in advance. It is enough for sealing to go on while an engine commits.
const chunksSealedAhead = 48

// RecordChunks yields the records of a batch in chunks that have a limited number of records, in the order of tables and, within
// each table, of keys. It stops after the first error.
func (b *RecordBatch) RecordChunks(tables []string, most int) iter.Seq2[[]EncodedRecord, error] {
	return func(yield func([]EncodedRecord, error) bool) {
		b.readMutex.Lock()
		defer b.readMutex.Unlock()
		if b.closed {
			return
		}
		if err := b.encodeRecent(); err != nil {
			yield(nil, err)
			return
		}
		var chunk []EncodedRecord
		bytes := 0
		for _, table := range tables {
			for key, value := range b.olderRecords.EntriesUnderPrefix(table+"/", "") {
				chunk, bytes = append(chunk, EncodedRecord{key, value}), bytes+len(value)
				if len(chunk) < most && bytes < maxChunkBytes {
					continue
				}
				if !yield(chunk, nil) {
					return
				}
				chunk, bytes = nil, 0
			}
		}
		if err := b.olderRecords.Err(); len(chunk) > 0 || err != nil {
			yield(chunk, err)
		}
	}
}

// SealedChunks yields the records of a batch in chunks, as RecordChunks does, but sealed, as entries for an engine. It seals them on
// all processors.
func (b *RecordBatch) SealedChunks(ctx context.Context, keys *keyring.Keys, tables []string) iter.Seq2[[]kvdb.Entry, error] {
	type sealed struct {
		entries []kvdb.Entry
		err     error
	}
	chunks := func(yield func(func() sealed) bool) {
		for chunk, err := range b.RecordChunks(tables, maxChunkRecords) {
			if !yield(func() (s sealed) {
				if s.err = err; err == nil {
					s.entries, s.err = sealRecords(keys, chunk)
				}
				return s
			}) {
				return
			}
		}
	}
	return func(yield func([]kvdb.Entry, error) bool) {
		for s := range parallel.MapInOrder(ctx, chunksSealedAhead, chunks, func(seal func() sealed) sealed { return seal() }) {
			if !yield(s.entries, s.err) || s.err != nil {
				return
			}
		}
	}
}

func sealRecords(keys *keyring.Keys, records []EncodedRecord) (entries []kvdb.Entry, err error) {
	entries = make([]kvdb.Entry, len(records))
	for i, r := range records {
		entries[i].Key = r.Key
		if r.Value == nil {
			continue
		}
		if entries[i].Value, err = keys.Seal(r.Key, r.Value); err != nil {
			return nil, fmt.Errorf("seal a record of %s: %w", kvdb.TableFromKey(r.Key), err)
		}
	}
	return entries, nil
}
