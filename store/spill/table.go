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

	recent      map[string][]byte // recent are the entries in memory. The value of a deleted entry is nil.
	ordered     []entry           // ordered has the entries of recent in order; nil if they are not sorted yet.
	size        int               // size is the size of recent in bytes.
	sealing     cipher.AEAD
	runsWritten uint64 // runsWritten is the number of runs written so far.
	runs        []*run // runs are ordered from the oldest to the newest.
	filter      filter // filter tells which keys may be in any run.

	mu  sync.Mutex // mu guards err.
	err error
}

const (
	// usualMemory is the default number of bytes of entries that a table keeps in memory.
	usualMemory = 32 << 20

	// entryOverhead is the number of bytes that an entry takes besides its key and value.
	entryOverhead = 64

	// runsPerMerge is the number of runs of one level that are merged into one run of the next level.
	runsPerMerge = 32

	// expectedEntries is the number of entries for which the filter over all runs is sized. With more entries, reading is
	// slower.
	expectedEntries = 20 << 20
)

// NewTable returns an empty table. Its files are created in place when they are needed.
func NewTable(place Place) *Table {
	return &Table{place: place, recent: map[string][]byte{}}
}

// Put stores a value under a key; nil means that the entry is deleted. The caller must not change the value afterwards.
func (t *Table) Put(key string, value []byte) {
	if old, is := t.recent[key]; is {
		t.size -= len(old)
	} else {
		t.size += len(key) + entryOverhead
	}
	t.size += len(value)
	t.recent[key], t.ordered = value, nil
	if t.size >= cmp.Or(t.place.Memory, usualMemory) {
		t.flush()
	}
}

// Get returns the value that was put under a key. The value is nil if the entry was deleted. The caller must not change the
// value.
func (t *Table) Get(key string) (value []byte, found bool) {
	if value, found = t.recent[key]; found || len(t.runs) == 0 || t.Err() != nil {
		return value, found
	}
	hash := hashOf(key)
	if !t.filter.mayHave(hash) {
		return nil, false
	}
	for _, r := range slices.Backward(t.runs) {
		value, found, err := r.get(key, hash)
		if err != nil {
			t.fail(err)
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
	n := len(t.recent)
	for _, r := range t.runs {
		n += r.entries
	}
	return n
}

// EntriesUnder yields the entries whose keys have a prefix and are greater than the key after, in the order of keys. Deleted entries
// are included. The caller must not call Put during the iteration.
func (t *Table) EntriesUnder(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if t.Err() != nil {
			return
		}
		m := merge(t.cursorsFrom(max(prefix, after))...)
		for e := range m.mergedEntries() {
			if !strings.HasPrefix(e.key, prefix) || e.key != after && !yield(e.key, e.value) {
				break
			}
		}
		t.fail(m.err)
	}
}

// cursorsFrom returns cursors over all entries from a key on, ordered from the oldest to the newest.
func (t *Table) cursorsFrom(from string) (cursors []*cursor) {
	for _, r := range t.runs {
		cursors = append(cursors, r.cursorFrom(from))
	}
	if t.ordered == nil {
		t.ordered = sortEntries(t.recent)
	}
	first := sort.Search(len(t.ordered), func(i int) bool { return t.ordered[i].key >= from })
	return append(cursors, &cursor{entries: t.ordered[first:]})
}

// sortEntries returns the entries of a map in the order of their keys.
func sortEntries(all map[string][]byte) []entry {
	entries := make([]entry, 0, len(all))
	for key, value := range all {
		entries = append(entries, entry{key, value})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	return entries
}

// flush writes the entries in memory to a new run.
func (t *Table) flush() {
	if t.Err() != nil || !t.ensureSealingKey() {
		return
	}
	for key := range t.recent {
		t.filter.add(hashOf(key))
	}
	t.addRun(0, len(t.recent), merge(&cursor{entries: sortEntries(t.recent)}))
	clear(t.recent)
	t.size, t.ordered = 0, nil
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
	t.filter = newFilter(expectedEntries)
	t.fail(err)
	return err == nil
}

func (t *Table) addRun(level, most int, entries *merging) {
	t.runsWritten++
	r, err := writeRun(t.place, t.sealing, t.runsWritten, most, entries)
	if err != nil {
		t.fail(err)
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
		cursors = append(cursors, r.cursorFrom(""))
		most += r.entries
	}
	t.runs = t.runs[:len(t.runs)-count]
	t.addRun(level, most, merge(cursors...))
	for _, r := range last {
		t.fail(discard(r.file))
	}
}

func (t *Table) fail(err error) {
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
	t.runs, t.recent, t.ordered = nil, nil, nil
	return err
}
