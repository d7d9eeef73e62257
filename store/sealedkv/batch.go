package sealedkv

import (
	"bytes"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"loket/store/kvdb"
	"loket/store/spill"
)

// A RecordBatch collects the records that transactions put, so that they can be written later. It keeps the newest records as Go
// values and the others encoded, mostly on disk if there are many. A nil RecordBatch collects nothing. A RecordBatch is not safe for
// concurrent use.
type RecordBatch struct {
	recentPositions map[string]int // recentPositions has the positions of the newest records in recentRecords, by key.
	recentRecords   []recentRecord
	weight          int            // weight is the number of bytes of input from which the recent records were made.
	changeCount     int            // changeCount is the number of times that a record was put or deleted.
	encoded         []encodedShare // encoded is kept only because its buffers can be used again.
	// olderRecords has, encoded, the records that are not in recentRecords; the value is nil for a deleted record.
	olderRecords *spill.Table
	// seenRevisions has the stored revision of each key that was read or put, so that a later change is noticed. It is nil if
	// changes do not matter.
	seenRevisions map[string]string

	readMutex sync.Mutex // readMutex is held while a caller ranges over the records.
	closed    bool
}

// A recentRecord is a record as a Go value, with its key. The value is nil for a deleted record.
type recentRecord struct {
	key   string
	value any
}

// An EncodedRecord is an encoded record of a RecordBatch with its key. Value is nil if the record was deleted.
type EncodedRecord struct {
	Key   string
	Value []byte
}

const (
	// maxRecentRecords is the largest number of records that a RecordBatch keeps as Go values.
	maxRecentRecords = 4096

	// maxRecentInputBytes is the largest number of bytes of input from which the records that a RecordBatch keeps as Go values were made.
	maxRecentInputBytes = 4 << 20
)

// NewRecordBatch makes an empty batch. Records that do not fit in memory go to a file at place. If watches is true, ReplaceIfUnchanged
// can later find out whether the stored records have changed in the meantime.
func NewRecordBatch(place spill.Place, watches bool) *RecordBatch {
	b := &RecordBatch{recentPositions: map[string]int{}, olderRecords: spill.NewTable(place)}
	if watches {
		b.seenRevisions = map[string]string{}
	}
	return b
}

// Close discards the records of the batch.
func (b *RecordBatch) Close() error {
	b.readMutex.Lock()
	defer b.readMutex.Unlock()
	b.closed = true
	return b.olderRecords.Close()
}

// getFromBatch returns the record that the batch of tx has for key. own reports whether the batch has the record, or has it as
// deleted.
func getFromBatch[T any](tx *Tx, key string) (record T, found, own bool) {
	b := tx.batch
	if b == nil {
		return record, false, false
	}
	if i, is := b.recentPositions[key]; is {
		record, found = b.recentRecords[i].value.(T)
		return record, found, true
	}
	encoded, own := b.olderRecords.Get(key)
	if encoded == nil {
		tx.Fail(b.olderRecords.Err())
		return record, false, own
	}
	record, err := decodePlain[T](key, encoded)
	if err != nil {
		tx.Fail(err)
	}
	return record, true, true
}

// AddInputBytes tells the batch of tx, if there is one, how many bytes of input the next records are made from.
func (tx *Tx) AddInputBytes(bytes int) {
	if tx.batch != nil {
		tx.batch.weight += bytes
	}
}

// BatchChangeCount returns the number of times that a record was put or deleted in the batch of tx.
func (tx *Tx) BatchChangeCount() int { return tx.batch.changeCount }

// putRecord adds a record to the batch. Before the first change of a key it notes the revision that is stored.
func (b *RecordBatch) putRecord(tx *Tx, key string, record any) error {
	if b.seenRevisions != nil {
		if _, was := b.seenRevisions[key]; !was {
			sealed, _ := tx.getSealed(key)
			b.noteRevision(key, sealed)
		}
	}
	if i, is := b.recentPositions[key]; is {
		b.recentRecords[i].value = record
	} else {
		b.recentPositions[key] = len(b.recentRecords)
		b.recentRecords = append(b.recentRecords, recentRecord{key, record})
	}
	b.changeCount++
	if len(b.recentRecords) < maxRecentRecords && b.weight < maxRecentInputBytes {
		return nil
	}
	return b.encodeRecent()
}

func (b *RecordBatch) noteRevision(key string, sealed []byte) {
	if b != nil && b.seenRevisions != nil {
		b.seenRevisions[key] = sealedRevision(sealed)
	}
}

// encodeRecent encodes the newest records, on all processors, and moves them to the older ones.
func (b *RecordBatch) encodeRecent() error {
	shares := slices.Collect(slices.Chunk(b.recentRecords, len(b.recentRecords)/runtime.GOMAXPROCS(0)+1))
	b.encoded = append(b.encoded, make([]encodedShare, max(0, len(shares)-len(b.encoded)))...)
	var encoders sync.WaitGroup
	for i, share := range shares {
		encoders.Go(func() { b.encoded[i].encode(share) })
	}
	encoders.Wait()
	for i, share := range shares {
		if err := b.encoded[i].err; err != nil {
			return err
		}
		for n, r := range share {
			b.olderRecords.Put(r.key, b.encoded[i].valueAt(n))
		}
	}
	clear(b.recentPositions)
	clear(b.recentRecords)
	b.recentRecords, b.weight = b.recentRecords[:0], 0
	return b.olderRecords.Err()
}

// An encodedShare has the encoded values of some records, one after another.
type encodedShare struct {
	text bytes.Buffer
	ends []int // ends has the end of each value in text. A value without any text is that of a deleted record.
	err  error
}

// encode replaces the contents of s by the encoded values of records.
func (s *encodedShare) encode(records []recentRecord) {
	s.text.Reset()
	s.ends, s.err = s.ends[:0], nil
	for _, r := range records {
		if r.value != nil {
			if err := MarshalTo(&s.text, r.value); err != nil {
				s.err = fmt.Errorf("encode a record of %s: %w", kvdb.TableFromKey(r.key), err)
				return
			}
		}
		s.ends = append(s.ends, s.text.Len())
	}
}

// valueAt returns the encoded value of the n-th record, or nil if the record was deleted.
func (s *encodedShare) valueAt(n int) []byte {
	start := 0
	if n > 0 {
		start = s.ends[n-1]
	}
	if start == s.ends[n] {
		return nil
	}
	return s.text.Bytes()[start:s.ends[n]]
}

// Len returns the number of records in the batch. A record that was put again may count more than once.
func (b *RecordBatch) Len() int { return len(b.recentRecords) + b.olderRecords.Len() }

// sealedRevision returns the beginning of a sealed record, which identifies this version of the record: it is the id of the
// sealing key and a nonce that no other record has. It is empty if the record does not exist.
func sealedRevision(sealed []byte) string {
	const begins = 5 + 24
	return string(sealed[:min(len(sealed), begins)])
}
