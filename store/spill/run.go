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

// A run is entries in a file, in the order of their keys: blocks of them, each sealed.
type run struct {
	file    *os.File
	sealing cipher.AEAD
	number  uint64  // of all runs of this key, so that no two blocks have the same nonce
	level   int     // 0 if it came out of memory, and one more than those that it was merged of
	blocks  []block // which the file has
	entries int
	has     filter
}

// A block is where some entries are.
type block struct {
	first string // key
	at    int64
	size  int // bytes, sealed
}

// blockSize is how many bytes of entries are sealed together, or one entry that has more.
const blockSize = 16 << 10

// An entry is a key and its value, nil if it was deleted.
type entry struct{ key, value []byte }

// writeRun writes at most that many entries into a file.
func writeRun(place Place, sealing cipher.AEAD, number uint64, most int, entries *merging) (r *run, err error) {
	f, err := place.create()
	if err != nil {
		return nil, err
	}
	r = &run{file: f, sealing: sealing, number: number, has: newFilter(most)}
	w := &blockWriter{run: r, out: bufio.NewWriterSize(f, 16*blockSize)}
	for e := range entries.all() {
		if err = w.add(e); err != nil {
			break
		}
	}
	if err = cmp.Or(err, entries.err); err == nil {
		err = cmp.Or(w.flush(), w.out.Flush())
	}
	if err != nil {
		_ = discard(f)
		return nil, fmt.Errorf("write a temporary file: %w", err)
	}
	return r, nil
}

// blockWriter gathers the entries of a block.
type blockWriter struct {
	run    *run
	out    *bufio.Writer
	first  string
	text   []byte
	sealed []byte
	at     int64
}

func (w *blockWriter) add(e entry) error {
	if len(w.text) == 0 {
		w.first = string(e.key)
	}
	w.text = appendEntry(w.text, e.key, e.value)
	w.run.has.add(hashOfBytes(e.key))
	w.run.entries++
	if len(w.text) < blockSize {
		return nil
	}
	return w.flush()
}

func (w *blockWriter) flush() error {
	if len(w.text) == 0 {
		return nil
	}
	w.sealed = w.run.sealing.Seal(w.sealed[:0], w.run.nonce(len(w.run.blocks)), w.text, nil)
	w.run.blocks = append(w.run.blocks, block{w.first, w.at, len(w.sealed)})
	w.at += int64(len(w.sealed))
	w.text = w.text[:0]
	_, err := w.out.Write(w.sealed)
	return err
}

// nonce is that of a block, which has it alone.
func (r *run) nonce(block int) []byte {
	nonce := binary.BigEndian.AppendUint64(make([]byte, 0, 12), r.number)
	return binary.BigEndian.AppendUint32(nonce, uint32(block))
}

// read returns the entries of a block.
func (r *run) read(number int) (entries []byte, err error) {
	b := r.blocks[number]
	sealed := make([]byte, b.size)
	if _, err := r.file.ReadAt(sealed, b.at); err != nil {
		return nil, fmt.Errorf("read a temporary file: %w", err)
	}
	if entries, err = r.sealing.Open(sealed[:0], r.nonce(number), sealed, nil); err != nil {
		return nil, fmt.Errorf("read a temporary file: %w", err)
	}
	return entries, nil
}

// appendEntry appends an entry to a text, for nextEntry.
func appendEntry[K string | []byte](text []byte, key K, value []byte) []byte {
	text = append(binary.AppendUvarint(text, uint64(len(key))), key...)
	size := uint64(0) // one more than the length of the value, and zero for one that was deleted
	if value != nil {
		size = uint64(len(value)) + 1
	}
	return append(binary.AppendUvarint(text, size), value...)
}

// nextEntry takes the first entry from those of a block, whose text it points to.
func nextEntry(text []byte) (key, value, rest []byte) {
	size, n := binary.Uvarint(text)
	key, text = text[n:n+int(size)], text[n+int(size):]
	size, n = binary.Uvarint(text)
	if text = text[n:]; size == 0 {
		return key, nil, text
	}
	return key, text[: size-1 : size-1], text[size-1:]
}

// blockOf returns which block has a key, if any has; -1 if none can.
func (r *run) blockOf(key string) int {
	return sort.Search(len(r.blocks), func(i int) bool { return r.blocks[i].first > key }) - 1
}

// get finds an entry.
func (r *run) get(key string, hash uint64) (value []byte, found bool, err error) {
	if !r.has.mayHave(hash) {
		return nil, false, nil
	}
	at := r.blockOf(key)
	if at < 0 {
		return nil, false, nil
	}
	rest, err := r.read(at)
	for len(rest) > 0 && err == nil {
		var k []byte
		if k, value, rest = nextEntry(rest); string(k) == key {
			return value, true, nil
		}
	}
	return nil, false, err
}

// decode returns the entries of a block, whose text they point to.
func decode(text []byte) (entries []entry) {
	for len(text) > 0 {
		var e entry
		e.key, e.value, text = nextEntry(text)
		entries = append(entries, e)
	}
	return entries
}

// from returns the entries from a key on.
func (r *run) from(key string) *cursor {
	at := max(r.blockOf(key), 0)
	return &cursor{more: func() (entries []entry, err error) {
		for ; at < len(r.blocks) && len(entries) == 0 && err == nil; at++ {
			var text []byte
			if text, err = r.read(at); err == nil {
				entries = decode(text)
				first := sort.Search(len(entries), func(i int) bool { return string(entries[i].key) >= key })
				entries = entries[first:]
			}
		}
		return entries, err
	}}
}
