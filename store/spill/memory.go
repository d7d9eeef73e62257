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
//
// The index is a hash table with chains, behind a filter. It takes the place of a Go map because most lookups are for keys that are
// not there, and the filter answers those from the cache of the processor.
type memory struct {
	text   []byte      // text has the entries in the order in which they were put. Entries that were replaced remain in it.
	filter filter      // filter has the hashes of the keys in the index.
	nodes  []indexNode // nodes has one node for each key.
	heads  []uint32    // heads has the first node of each chain, as its position in nodes plus 1; 0 means an empty chain.

	textBytes int // textBytes is about how long text becomes if there are many entries.
}

// An indexNode is the place of one entry.
type indexNode struct {
	hash uint64 // hash is the hash of the key. Its low bits choose the chain.
	at   uint32 // at is the offset of the newest entry of the key in text.
	next uint32 // next is the next node of the chain, in the form of heads.
}

// indexBytesPerEntry is about how many bytes the index takes for an entry: a node, and room to grow.
const indexBytesPerEntry = 32

// smallTextBytes is the length up to which the text of a memory grows step by step. Above it, all of textBytes is allocated at
// once, because each step copies the text.
const smallTextBytes = 1 << 20

func newMemory(textBytes int) *memory { return &memory{textBytes: textBytes} }

// usedBytes returns about how many bytes the entries and their index take.
func (m *memory) usedBytes() int { return len(m.text) + len(m.nodes)*indexBytesPerEntry }

// putEntry adds an entry, which replaces an earlier one with the same key.
func (m *memory) putEntry(key string, value []byte) {
	hash := hashOf(key)
	node := m.findNode(key, hash)
	if node == nil {
		node = m.addNode(hash)
	}
	if node.at = uint32(len(m.text)); len(m.text) > smallTextBytes && cap(m.text) < m.textBytes {
		m.text = slices.Grow(m.text, m.textBytes-len(m.text))
	}
	m.text = appendEntry(m.text, key, value)
}

// findValue returns the newest value of a key. The value is valid until the next put.
func (m *memory) findValue(key string, hash uint64) (value []byte, found bool) {
	if node := m.findNode(key, hash); node != nil {
		return m.entryAt(node.at).value, true
	}
	return nil, false
}

// findNode returns the node of a key, or nil if the key is not in the index. The node is valid until the next addNode.
func (m *memory) findNode(key string, hash uint64) *indexNode {
	if len(m.heads) == 0 || !m.filter.mayHaveHash(hash) {
		return nil
	}
	for i := m.heads[m.chainOf(hash)]; i != 0; i = m.nodes[i-1].next {
		if node := &m.nodes[i-1]; node.hash == hash && string(m.entryAt(node.at).key) == key {
			return node
		}
	}
	return nil
}

// addNode adds a node for a key that is not in the index yet.
func (m *memory) addNode(hash uint64) *indexNode {
	if len(m.nodes) == len(m.heads) {
		m.growIndex()
	}
	m.nodes = append(m.nodes, indexNode{hash: hash})
	return m.linkNode(len(m.nodes) - 1)
}

// growIndex makes room for more chains, so that there are about as many as nodes.
func (m *memory) growIndex() {
	m.heads = make([]uint32, max(2*len(m.heads), 1<<8))
	m.filter = newFilter(len(m.heads))
	for i := range m.nodes {
		m.linkNode(i)
	}
}

// linkNode puts a node at the beginning of its chain.
func (m *memory) linkNode(i int) *indexNode {
	node := &m.nodes[i]
	m.filter.addHash(node.hash)
	head := &m.heads[m.chainOf(node.hash)]
	node.next, *head = *head, uint32(i+1)
	return node
}

// chainOf returns the number of the chain of a hash. The number of chains is a power of 2.
func (m *memory) chainOf(hash uint64) uint64 { return hash & uint64(len(m.heads)-1) }

// entryAt returns the entry at an offset in text.
func (m *memory) entryAt(at uint32) entry {
	key, value, _ := nextEntry(m.text[at:])
	return entry{key, value}
}

// clearEntries removes all entries, and keeps the allocated memory for later ones.
func (m *memory) clearEntries() {
	m.text, m.nodes = m.text[:0], m.nodes[:0]
	clear(m.heads)
	clear(m.filter)
}

// sortedEntries returns the entries in the order of their keys.
func (m *memory) sortedEntries() []entry {
	ranks := m.tableRanks()
	order := make([]position, len(m.nodes))
	for i := range m.nodes {
		node := &m.nodes[i]
		table, name := splitTableName(m.entryAt(node.at).key)
		order[i] = position{keyHead(ranks[string(table)], name), node.at}
	}
	slices.SortFunc(order, func(a, b position) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return bytes.Compare(m.entryAt(a.at).key, m.entryAt(b.at).key)
	})
	entries := make([]entry, len(order))
	for i, p := range order {
		entries[i] = m.entryAt(p.at)
	}
	return entries
}

// A position is the offset of an entry, with the head of its key. Heads have the same order as keys. If two heads are equal,
// the rest of the keys decides.
type position struct {
	head uint64
	at   uint32
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
	for i := range m.nodes {
		if table, _ := splitTableName(m.entryAt(m.nodes[i].at).key); !hasTableRank(ranks, table) {
			ranks[string(table)] = 0
		}
	}
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
