package spill

import (
	"bufio"
	"cmp"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"os"
	"sort"
)

// A sortedRun is a file of entries in the order of their keys. The file consists of blocks, each of them sealed.
type sortedRun struct {
	file    *os.File
	sealing cipher.AEAD
	number  uint64  // number is unique among the runs under this sealing key, so that no two blocks have the same nonce.
	level   int     // level is 0 for a run written from memory. A merged run has the level of its sources plus 1.
	blocks  []block // blocks are the blocks, in the order of the file.
	entries int
	filter  filter
}

// A block is a sealed part of a file with some entries.
type block struct {
	firstKey string // firstKey is the key of the first entry.
	offset   int64
	size     int // size is the size of the sealed block in bytes.
}

// blockSize is the size in bytes at which a block of entries is sealed. The last entry may make a block larger.
const blockSize = 16 << 10

// writeRun writes entries to a new file. The parameter most is an upper bound of their number, for the size of the filter.
func writeRun(place Place, sealing cipher.AEAD, number uint64, most int, entries *cursorMerge) (r *sortedRun, err error) {
	f, err := place.createTempFile()
	if err != nil {
		return nil, err
	}
	r = &sortedRun{file: f, sealing: sealing, number: number, filter: newFilter(most)}
	w := &blockWriter{run: r, out: bufio.NewWriterSize(f, 16*blockSize)}
	for e := range entries.mergedEntries() {
		if err = w.addEntry(e); err != nil {
			break
		}
	}
	if err = cmp.Or(err, entries.err); err == nil {
		err = cmp.Or(w.flushBlock(), w.out.Flush())
	}
	if err != nil {
		_ = discard(f)
		return nil, fmt.Errorf("write a temporary file: %w", err)
	}
	return r, nil
}

// A blockWriter collects entries and writes them to the file in blocks.
type blockWriter struct {
	run      *sortedRun
	out      *bufio.Writer
	firstKey string
	text     []byte
	sealed   []byte
	at       int64
}

func (w *blockWriter) addEntry(e entry) error {
	if len(w.text) == 0 {
		w.firstKey = string(e.key)
	}
	w.text = appendEntry(w.text, e.key, e.value)
	w.run.filter.addHash(hashOfBytes(e.key))
	w.run.entries++
	if len(w.text) < blockSize {
		return nil
	}
	return w.flushBlock()
}

func (w *blockWriter) flushBlock() error {
	if len(w.text) == 0 {
		return nil
	}
	w.sealed = w.run.sealing.Seal(w.sealed[:0], w.run.blockNonce(len(w.run.blocks)), w.text, nil)
	w.run.blocks = append(w.run.blocks, block{w.firstKey, w.at, len(w.sealed)})
	w.at += int64(len(w.sealed))
	w.text = w.text[:0]
	_, err := w.out.Write(w.sealed)
	return err
}

// blockNonce returns the nonce of a block, which no other block has.
func (r *sortedRun) blockNonce(block int) []byte {
	nonce := binary.BigEndian.AppendUint64(make([]byte, 0, 12), r.number)
	return binary.BigEndian.AppendUint32(nonce, uint32(block))
}

// readBlock reads and unseals a block, and returns its encoded entries.
func (r *sortedRun) readBlock(number int) (entries []byte, err error) {
	b := r.blocks[number]
	sealed := make([]byte, b.size)
	if _, err := r.file.ReadAt(sealed, b.offset); err != nil {
		return nil, fmt.Errorf("read a temporary file: %w", err)
	}
	if entries, err = r.sealing.Open(sealed[:0], r.blockNonce(number), sealed, nil); err != nil {
		return nil, fmt.Errorf("read a temporary file: %w", err)
	}
	return entries, nil
}

// appendEntry appends an entry to a text, for nextEntry.
func appendEntry[K string | []byte](text []byte, key K, value []byte) []byte {
	text = append(binary.AppendUvarint(text, uint64(len(key))), key...)
	size := uint64(0) // size is the length of the value plus 1, or 0 for a deleted entry.
	if value != nil {
		size = uint64(len(value)) + 1
	}
	return append(binary.AppendUvarint(text, size), value...)
}

// nextEntry decodes the first entry of a block. The results point into text.
func nextEntry(text []byte) (key, value, rest []byte) {
	size, n := binary.Uvarint(text)
	key, text = text[n:n+int(size)], text[n+int(size):]
	size, n = binary.Uvarint(text)
	if text = text[n:]; size == 0 {
		return key, nil, text
	}
	return key, text[: size-1 : size-1], text[size-1:]
}

// findBlock returns the index of the only block that can have a key, or -1 if no block can.
func (r *sortedRun) findBlock(key string) int {
	return sort.Search(len(r.blocks), func(i int) bool { return r.blocks[i].firstKey > key }) - 1
}

// getValue returns the value under a key, and whether the run has the key.
func (r *sortedRun) getValue(key string, hash uint64) (value []byte, found bool, err error) {
	if !r.filter.mayHaveHash(hash) {
		return nil, false, nil
	}
	at := r.findBlock(key)
	if at < 0 {
		return nil, false, nil
	}
	rest, err := r.readBlock(at)
	for len(rest) > 0 && err == nil {
		var k []byte
		if k, value, rest = nextEntry(rest); string(k) == key {
			return value, true, nil
		}
	}
	return nil, false, err
}

// appendBlock appends the entries of a block, which point into text.
func appendBlock(entries []entry, text []byte) []entry {
	for len(text) > 0 {
		var e entry
		e.key, e.value, text = nextEntry(text)
		entries = append(entries, e)
	}
	return entries
}

// newCursorFrom returns a cursor over the entries whose keys are at or after the given key.
func (r *sortedRun) newCursorFrom(key string) *cursor {
	at := max(r.findBlock(key), 0)
	var block []entry // block has the entries of the last block that was read.
	return &cursor{loadMore: func() (entries []entry, err error) {
		for ; at < len(r.blocks) && len(entries) == 0 && err == nil; at++ {
			var text []byte
			if text, err = r.readBlock(at); err == nil {
				block = appendBlock(block[:0], text)
				first := sort.Search(len(block), func(i int) bool { return string(block[i].key) >= key })
				entries = block[first:]
			}
		}
		return entries, err
	}}
}
