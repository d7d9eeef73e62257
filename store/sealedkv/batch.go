package sealedkv

import (
	"fmt"
	"runtime"
	"sync"

	"loket/store/kvdb"
	"loket/store/spill"
)

// A Batch gathers what transactions put, to be written later: the newest as it was put, and
// the others encoded, of which most are on disk if there are many. A nil one gathers
// nothing. It is not for several goroutines.
type Batch struct {
	recent        map[string]any    // nil where one was deleted
	weight        int               // bytes of what they were made from
	puts          int               // how often something was put or deleted
	older         *spill.Table      // encoded; nil where one was deleted
	seenRevisions map[string]string // what stood under each key that was got or put; nil if nobody asks

	reading sync.Mutex // held by whoever goes through the records
	closed  bool
}

// A Record is one as it was put, encoded; Value is nil if it was deleted.
type Record struct {
	Key   string
	Value []byte
}

const (
	// maxRecent is how many records a batch keeps as they were put.
	maxRecent = 4096

	// maxWeight is how many bytes they were made from at most.
	maxWeight = 4 << 20
)

// NewBatch makes an empty batch, which puts on disk at a place what is too much for
// memory. If it watches, Replace can tell later what was changed meanwhile.
func NewBatch(place spill.Place, watches bool) *Batch {
	b := &Batch{recent: map[string]any{}, older: spill.NewTable(place)}
	if watches {
		b.seenRevisions = map[string]string{}
	}
	return b
}

// Close lets go of all that there is.
func (b *Batch) Close() error {
	b.reading.Lock()
	defer b.reading.Unlock()
	b.closed = true
	return b.older.Close()
}

// getOwn finds a record that the batch of tx has; own reports whether the batch knows of it.
func getOwn[T any](tx *Tx, key string) (record T, found, own bool) {
	b := tx.batch
	if b == nil {
		return record, false, false
	}
	if value, is := b.recent[key]; is {
		record, found = value.(T)
		return record, found, true
	}
	encoded, own := b.older.Get(key)
	if encoded == nil {
		tx.Fail(b.older.Err())
		return record, false, own
	}
	record, err := decodePlain[T](key, encoded)
	if err != nil {
		tx.Fail(err)
	}
	return record, true, true
}

// Weigh notes that the next records are made from so many bytes.
func (tx *Tx) Weigh(bytes int) {
	if tx.batch != nil {
		tx.batch.weight += bytes
	}
}

// Puts returns how often something was put in the batch of tx, or deleted.
func (tx *Tx) Puts() int { return tx.batch.puts }

// putRecord gathers a record, and notes what stands under its key before it is replaced.
func (b *Batch) putRecord(tx *Tx, key string, record any) error {
	if b.seenRevisions != nil {
		if _, was := b.seenRevisions[key]; !was {
			sealed, _ := tx.stored(key)
			b.noteRevision(key, sealed)
		}
	}
	b.recent[key] = record
	b.puts++
	if len(b.recent) < maxRecent && b.weight < maxWeight {
		return nil
	}
	return b.encodeRecent()
}

func (b *Batch) noteRevision(key string, sealed []byte) {
	if b != nil && b.seenRevisions != nil {
		b.seenRevisions[key] = sealedRevision(sealed)
	}
}

// encodeRecent encodes the newest records on all processors, and puts them to the others.
func (b *Batch) encodeRecent() (err error) {
	keys := make([]string, 0, len(b.recent))
	for key := range b.recent {
		keys = append(keys, key)
	}
	values, errs := make([][]byte, len(keys)), make([]error, len(keys))
	var encoders sync.WaitGroup
	share := len(keys)/runtime.GOMAXPROCS(0) + 1
	for from := 0; from < len(keys); from += share {
		encoders.Go(func() {
			for i := from; i < min(from+share, len(keys)); i++ {
				if record := b.recent[keys[i]]; record != nil {
					values[i], errs[i] = Marshal(record)
				}
			}
		})
	}
	encoders.Wait()
	for i, key := range keys {
		if errs[i] != nil {
			return fmt.Errorf("encode a record of %s: %w", kvdb.TableOf(key), errs[i])
		}
		b.older.Put(key, values[i])
	}
	clear(b.recent)
	b.weight = 0
	return b.older.Err()
}

// Len returns how many records there are, those counted more than once that were put again.
func (b *Batch) Len() int { return len(b.recent) + b.older.Len() }

// sealedRevision is how a sealed record is known again: it begins with the number of a key
// and a nonce that no other record has. It is empty for a record that is not there.
func sealedRevision(sealed []byte) string {
	const begins = 5 + 24 // bytes
	return string(sealed[:min(len(sealed), begins)])
}
