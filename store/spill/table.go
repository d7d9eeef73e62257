package spill

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
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

	recent      *memory
	ordered     []entry // ordered has the entries of recent in order. It is nil if they are not sorted yet.
	sealing     cipher.AEAD
	runsWritten uint64       // runsWritten is the number of runs written so far.
	runs        []*sortedRun // runs are ordered from the oldest to the newest.
	filter      filter       // filter tells which keys may be in any run.

	mu  sync.Mutex // mu guards err.
	err error
}

const (
	// defaultMemoryBytes is the default number of bytes of entries that a table keeps in memory.
	defaultMemoryBytes = 32 << 20

	// indexBytesPerEntry is about how many bytes the index of a memory takes for an entry.
	indexBytesPerEntry = 32

	// runsPerMerge is the number of runs of one level that are merged into one run of the next level.
	runsPerMerge = 32

	// expectedFilterEntries is how many entries the filter over all runs is for. With more of
	// them reading takes longer.
	expectedFilterEntries = 8 << 20
)

// NewTable returns an empty table. Its files are created in place when they are needed.
func NewTable(place Place) *Table {
	place.Memory = cmp.Or(place.Memory, defaultMemoryBytes)
	return &Table{place: place, recent: newMemory(place.Memory)}
}

// Put stores a value under a key; nil means that the entry is deleted. The caller must not change the value afterwards.
func (t *Table) Put(key string, value []byte) {
	t.recent.putEntry(key, value)
	t.ordered = nil
	if len(t.recent.text)+len(t.recent.newest)*indexBytesPerEntry >= t.place.Memory {
		t.flushToRun()
	}
}

// Get returns the value that was put under a key. The value is nil if the entry was deleted. The caller must not change the
// value.
func (t *Table) Get(key string) (value []byte, found bool) {
	hash := hashOf(key)
	if value, found = t.recent.findValue(key, hash); found || len(t.runs) == 0 || t.Err() != nil {
		return value, found
	}
	if !t.filter.mayHaveHash(hash) {
		return nil, false
	}
	for _, r := range slices.Backward(t.runs) {
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
	n := t.recent.entries
	for _, r := range t.runs {
		n += r.entries
	}
	return n
}

// EntriesUnderPrefix yields the entries whose keys have a prefix and are greater than the key after, in the order of keys. Deleted entries
// are included. The caller must not call Put during the iteration.
func (t *Table) EntriesUnderPrefix(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if t.Err() != nil {
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
	for _, r := range t.runs {
		cursors = append(cursors, r.newCursorFrom(from))
	}
	if t.ordered == nil {
		t.ordered = t.recent.sortedEntries()
	}
	first := sort.Search(len(t.ordered), func(i int) bool { return string(t.ordered[i].key) >= from })
	return append(cursors, &cursor{entries: t.ordered[first:]})
}

// flushToRun writes what is in memory into a run.
func (t *Table) flushToRun() {
	if t.Err() != nil || !t.ensureSealingKey() {
		return
	}
	t.recent.forEachEntry(func(_ int, e entry) { t.filter.addHash(hashOfBytes(e.key)) })
	t.writeNewRun(0, t.recent.entries, mergeCursors(&cursor{entries: t.recent.sortedEntries()}))
	t.recent.clearEntries()
	t.ordered = nil
	for level := 0; t.Err() == nil && t.countRunsAtLevel(level) == runsPerMerge; level++ {
		t.mergeLastRuns(runsPerMerge, level+1)
	}
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
	t.filter = newFilter(expectedFilterEntries)
	t.recordFailure(err)
	return err == nil
}

func (t *Table) writeNewRun(level, most int, entries *cursorMerge) {
	t.runsWritten++
	r, err := writeRun(t.place, t.sealing, t.runsWritten, most, entries)
	if err != nil {
		t.recordFailure(err)
		return
	}
	r.level = level
	t.runs = append(t.runs, r)
}

// countRunsAtLevel returns how many of the last runs have the given level.
func (t *Table) countRunsAtLevel(level int) (n int) {
	for _, r := range slices.Backward(t.runs) {
		if r.level != level {
			break
		}
		n++
	}
	return n
}

// mergeLastRuns merges the last count runs into one run of the given level.
func (t *Table) mergeLastRuns(count, level int) {
	last := slices.Clone(t.runs[len(t.runs)-count:])
	var cursors []*cursor
	most := 0
	for _, r := range last {
		cursors = append(cursors, r.newCursorFrom(""))
		most += r.entries
	}
	t.runs = t.runs[:len(t.runs)-count]
	t.writeNewRun(level, most, mergeCursors(cursors...))
	for _, r := range last {
		t.recordFailure(discard(r.file))
	}
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
func (t *Table) Close() (err error) {
	for _, r := range t.runs {
		err = errors.Join(err, discard(r.file))
	}
	t.runs, t.recent, t.ordered = nil, newMemory(t.place.Memory), nil
	return err
}
