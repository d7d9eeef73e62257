package spill

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
)

// A memory holds the entries of a table that are not yet in a file. All entries are in one byte slice, so that the garbage
// collector has next to nothing to do, however many entries there are.
type memory struct {
	text    []byte         // text has the entries in the order in which they were put, as entryAt reads them.
	newest  map[uint64]int // newest has the offset in text of the newest entry, by the hash of its key.
	entries int            // entries is the number of entries. An entry that was put again counts once.

	textBytes int // textBytes is about how long text becomes if there are many entries.
}

// smallTextBytes is the length up to which the text of a memory grows step by step. Above it, all of textBytes is allocated at
// once, because each step copies the text.
const smallTextBytes = 1 << 20

func newMemory(textBytes int) *memory {
	return &memory{newest: map[uint64]int{}, textBytes: textBytes}
}

// putEntry adds an entry, which replaces an earlier one with the same key.
func (m *memory) putEntry(key string, value []byte) {
	hash, at, back, found := hashOf(key), len(m.text), 0, false
	if earlier, is := m.newest[hash]; is {
		back = at - earlier
		_, found = m.findValueFrom(earlier, key)
	}
	if !found {
		m.entries++
	}
	if at > smallTextBytes && cap(m.text) < m.textBytes {
		m.text = slices.Grow(m.text, m.textBytes-at)
	}
	m.text = appendEntry(binary.AppendUvarint(m.text, uint64(back)), key, value)
	m.newest[hash] = at
}

// findValue returns the newest value of a key. The value is valid until the next put.
func (m *memory) findValue(key string, hash uint64) (value []byte, found bool) {
	if newest, is := m.newest[hash]; is {
		return m.findValueFrom(newest, key)
	}
	return nil, false
}

// findValueFrom is like findValue, but only looks at the entry at an offset and the earlier entries with the same hash.
func (m *memory) findValueFrom(at int, key string) (value []byte, found bool) {
	for {
		e, back, _ := m.entryAt(at)
		if string(e.key) == key {
			return e.value, true
		}
		if back == 0 {
			return nil, false
		}
		at -= back
	}
}

// entryAt returns the entry that begins at an offset, and the offset of the next entry. It also returns the distance back to
// the earlier entry with the same hash, or 0 if no earlier entry has it.
func (m *memory) entryAt(at int) (e entry, back, next int) {
	distance, size := binary.Uvarint(m.text[at:])
	key, value, rest := nextEntry(m.text[at+size:])
	return entry{key, value}, int(distance), len(m.text) - len(rest)
}

// forEachEntry calls found with every entry and its offset.
func (m *memory) forEachEntry(found func(at int, e entry)) {
	for at := 0; at < len(m.text); {
		e, _, next := m.entryAt(at)
		found(at, e)
		at = next
	}
}

// clearEntries removes all entries, and keeps the allocated memory for later ones.
func (m *memory) clearEntries() {
	m.text, m.entries = m.text[:0], 0
	clear(m.newest)
}

// sortedEntries returns the entries in the order of their keys. If several entries have the same key, the newest comes first.
func (m *memory) sortedEntries() []entry {
	ranks := m.tableRanks()
	order := make([]position, 0, m.entries)
	m.forEachEntry(func(at int, e entry) {
		table, name := splitTableName(e.key)
		order = append(order, position{keyHead(ranks[string(table)], name), at})
	})
	slices.SortFunc(order, func(a, b position) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		first, _, _ := m.entryAt(a.at)
		second, _, _ := m.entryAt(b.at)
		return cmp.Or(bytes.Compare(first.key, second.key), b.at-a.at)
	})
	entries := make([]entry, len(order))
	for i, p := range order {
		entries[i], _, _ = m.entryAt(p.at)
	}
	return entries
}

// A position is the offset of an entry, with the head of its key. Heads have the same order as keys. If two heads are equal,
// the rest of the keys decides.
type position struct {
	head uint64
	at   int
}

// keyHead combines the rank of a table, up to 255, with the first seven bytes of a name in that table.
func keyHead(rank int, name []byte) uint64 {
	var first [8]byte
	first[0] = byte(min(rank, 255))
	if rank < 255 {
		copy(first[1:], name)
	}
	return binary.BigEndian.Uint64(first[:])
}

// tableRanks numbers the tables of the entries in alphabetical order.
func (m *memory) tableRanks() map[string]int {
	ranks := map[string]int{}
	m.forEachEntry(func(_ int, e entry) {
		if table, _ := splitTableName(e.key); !hasTableRank(ranks, table) {
			ranks[string(table)] = 0
		}
	})
	for i, table := range slices.Sorted(maps.Keys(ranks)) {
		ranks[table] = i
	}
	return ranks
}

func hasTableRank(ranks map[string]int, table []byte) bool {
	_, is := ranks[string(table)]
	return is
}

// splitTableName splits a key after its first slash. A key without a slash is a table with an empty name.
func splitTableName(key []byte) (table, name []byte) {
	end := bytes.IndexByte(key, '/') + 1
	if end == 0 {
		end = len(key)
	}
	return key[:end], key[end:]
}
