package spill

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"iter"
	"slices"
	"sort"
	"strings"
	"sync"
)

// A Table holds entries by key. Several goroutines can use only Get at the same time, and only while nobody calls Put. After
// the first error, all later calls find nothing.
type Table struct {
	place Place

	recent  *memory
	ordered []entry // ordered has the entries of recent in order. It is nil if they are not sorted yet.
	flush   *flush  // flush is writing older entries to a run; nil if all of them are in runs.
	sealing cipher.AEAD
	runs    runList
	filter  filter // filter has the hashes of the keys in flush and in all runs.

	mu  sync.Mutex // mu guards err.
	err error
}

const (
	// defaultMemoryBytes is the default number of bytes of entries that a table keeps in memory.
	// It may keep twice as much while a file is written.
	defaultMemoryBytes = 24 << 20

	// expectedFilterEntries is how many entries the filter over all runs is for. With more of
	// them reading takes longer.
	expectedFilterEntries = 8 << 20
)

// NewTable returns an empty table. Its files are created in place when they are needed.
func NewTable(place Place) *Table {
	place.Memory = cmp.Or(place.Memory, defaultMemoryBytes)
	return &Table{place: place, recent: newMemory(place.Memory)}
}

// Put stores a copy of a value under a key; nil means that the entry is deleted.
func (t *Table) Put(key string, value []byte) {
	t.recent.putEntry(key, value)
	t.ordered = nil
	if t.recent.usedBytes() >= t.place.Memory {
		t.startFlush()
	}
}

// Get returns the value that was put under a key. The value is nil if the entry was deleted. The caller must not change the
// value.
func (t *Table) Get(key string) (value []byte, found bool) {
	hash := hashOf(key)
	if value, found = t.recent.findValue(key, hash); found || t.sealing == nil || t.Err() != nil {
		return value, found
	}
	if !t.filter.mayHaveHash(hash) {
		return nil, false
	}
	if t.flush != nil {
		if value, found = t.flush.entries.findValue(key, hash); found {
			return value, true
		}
	}
	for _, r := range slices.Backward(t.runs.all) {
		value, found, err := r.getValue(key, hash)
		if err != nil {
			t.recordFailure(err)
			return nil, false
		}
		if found {
			return value, true
		}
	}
	return nil, false
}

// Len returns the number of entries. An entry that was put again may count more than once.
func (t *Table) Len() int {
	n := len(t.recent.nodes)
	if t.flush != nil {
		n += len(t.flush.entries.nodes)
	}
	for _, r := range t.runs.all {
		n += r.entries
	}
	return n
}

// EntriesUnderPrefix yields the entries whose keys have a prefix and are greater than the key after, in the order of keys. Deleted entries
// are included. The caller must not call Put during the iteration.
func (t *Table) EntriesUnderPrefix(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if t.awaitFlush(); t.Err() != nil {
			return
		}
		m := mergeCursors(t.newCursorsFrom(max(prefix, after))...)
		for e := range m.mergedEntries() {
			if key := string(e.key); !strings.HasPrefix(key, prefix) || key != after && !yield(key, e.value) {
				break
			}
		}
		t.recordFailure(m.err)
	}
}

// newCursorsFrom returns cursors over all entries from a key on, ordered from the oldest to the newest.
func (t *Table) newCursorsFrom(from string) (cursors []*cursor) {
	for _, r := range t.runs.all {
		cursors = append(cursors, r.newCursorFrom(from))
	}
	if t.ordered == nil {
		t.ordered = t.recent.sortedEntries()
	}
	first := sort.Search(len(t.ordered), func(i int) bool { return string(t.ordered[i].key) >= from })
	return append(cursors, &cursor{entries: t.ordered[first:]})
}

// startFlush begins to write what is in memory into a run. Until that is done, Get finds the entries in t.flush.
func (t *Table) startFlush() {
	spare := newMemory(t.place.Memory)
	if t.flush != nil {
		spare = t.flush.entries
		t.awaitFlush()
		spare.clearEntries()
	}
	if t.Err() != nil || !t.ensureSealingKey() {
		return
	}
	for _, node := range t.recent.nodes {
		t.filter.addHash(node.hash)
	}
	t.flush = beginFlush(t.recent, t.runs)
	t.recent, t.ordered = spare, nil
}

// awaitFlush waits until the last flush, if there is one, has written its run.
func (t *Table) awaitFlush() {
	if t.flush == nil {
		return
	}
	runs, err := t.flush.wait()
	t.runs, t.flush = runs, nil
	t.recordFailure(err)
}

// ensureSealingKey creates the sealing key of this process, which is never stored, unless it exists. It returns false if that
// fails.
func (t *Table) ensureSealingKey() bool {
	if t.sealing != nil {
		return true
	}
	key := make([]byte, 32)
	rand.Read(key)
	made, err := aes.NewCipher(key)
	if err == nil {
		t.sealing, err = cipher.NewGCM(made)
	}
	t.filter, t.runs = newFilter(expectedFilterEntries), runList{place: t.place, sealing: t.sealing}
	t.recordFailure(err)
	return err == nil
}

func (t *Table) recordFailure(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = cmp.Or(t.err, err)
}

// Err returns the first error of using the table.
func (t *Table) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Close deletes all entries and files, and returns any errors of deleting them.
func (t *Table) Close() error {
	t.awaitFlush()
	t.recent, t.ordered = newMemory(t.place.Memory), nil
	return t.runs.discardAll()
}
