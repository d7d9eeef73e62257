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

// A Table keeps entries by key. It is not for several goroutines, but for Get while nothing is
// put. Its first failure sticks: every later call finds nothing.
type Table struct {
	place Place

	recent  map[string][]byte // nil where one was deleted
	ordered []entry           // those of recent, once they were sorted; nil if one was put since
	size    int               // bytes, of recent
	sealing cipher.AEAD
	wrote   uint64 // runs
	runs    []*run // from the oldest on
	has     filter // what is in any of them

	mu  sync.Mutex // guards err
	err error
}

const (
	// usualMemory is how many bytes of entries a table keeps in memory.
	usualMemory = 32 << 20

	// entryOverhead is how many bytes an entry takes beside its key and its value.
	entryOverhead = 64

	// runsTogether is how many runs of one level are merged into one of the next.
	runsTogether = 32

	// expectedEntries is how many entries the filter over all runs is for. With more of
	// them reading takes longer.
	expectedEntries = 8 << 20
)

// NewTable returns an empty table, whose files go to a place once there are any.
func NewTable(place Place) *Table {
	return &Table{place: place, recent: map[string][]byte{}}
}

// Put keeps a value under a key; nil notes that it was deleted. The value is the table's own
// from then on.
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

// Get finds what was put under a key. The value is nil if that noted that it was deleted,
// and not to be changed.
func (t *Table) Get(key string) (value []byte, found bool) {
	if value, found = t.recent[key]; found || len(t.runs) == 0 || t.Err() != nil {
		return value, found
	}
	hash := hashOf(key)
	if !t.has.mayHave(hash) {
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

// Len returns how many entries there are, those counted more than once that were put again.
func (t *Table) Len() int {
	n := len(t.recent)
	for _, r := range t.runs {
		n += r.entries
	}
	return n
}

// Under yields the entries whose keys begin with a prefix and come after a key, in the
// order of keys, those too that were deleted. Meanwhile nothing is put.
func (t *Table) Under(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		if t.Err() != nil {
			return
		}
		m := merge(t.cursors(max(prefix, after))...)
		for e := range m.all() {
			if !strings.HasPrefix(e.key, prefix) || e.key != after && !yield(e.key, e.value) {
				break
			}
		}
		t.fail(m.err)
	}
}

// cursors are over all entries from a key on, the newest last.
func (t *Table) cursors(from string) (cursors []*cursor) {
	for _, r := range t.runs {
		cursors = append(cursors, r.from(from))
	}
	if t.ordered == nil {
		t.ordered = sorted(t.recent)
	}
	first := sort.Search(len(t.ordered), func(i int) bool { return t.ordered[i].key >= from })
	return append(cursors, &cursor{entries: t.ordered[first:]})
}

// sorted returns entries in the order of their keys.
func sorted(all map[string][]byte) []entry {
	entries := make([]entry, 0, len(all))
	for key, value := range all {
		entries = append(entries, entry{key, value})
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	return entries
}

// flush writes what is in memory into a run.
func (t *Table) flush() {
	if t.Err() != nil || !t.beginSealing() {
		return
	}
	for key := range t.recent {
		t.has.add(hashOf(key))
	}
	t.addRun(0, len(t.recent), merge(&cursor{entries: sorted(t.recent)}))
	clear(t.recent)
	t.size, t.ordered = 0, nil
	for level := 0; t.Err() == nil && t.countLevel(level) == runsTogether; level++ {
		t.mergeLast(runsTogether, level+1)
	}
}

// beginSealing makes the key of this run, which is kept nowhere.
func (t *Table) beginSealing() bool {
	if t.sealing != nil {
		return true
	}
	key := make([]byte, 32)
	rand.Read(key)
	made, err := aes.NewCipher(key)
	if err == nil {
		t.sealing, err = cipher.NewGCM(made)
	}
	t.has = newFilter(expectedEntries)
	t.fail(err)
	return err == nil
}

func (t *Table) addRun(level, most int, entries *merging) {
	t.wrote++
	r, err := writeRun(t.place, t.sealing, t.wrote, most, entries)
	if err != nil {
		t.fail(err)
		return
	}
	r.level = level
	t.runs = append(t.runs, r)
}

// countLevel counts the last runs, which are of a level.
func (t *Table) countLevel(level int) (n int) {
	for _, r := range slices.Backward(t.runs) {
		if r.level != level {
			break
		}
		n++
	}
	return n
}

// mergeLast merges the last runs into one.
func (t *Table) mergeLast(count, level int) {
	last := slices.Clone(t.runs[len(t.runs)-count:])
	var cursors []*cursor
	most := 0
	for _, r := range last {
		cursors = append(cursors, r.from(""))
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

// Err returns the first failure.
func (t *Table) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Close takes away all that there is, and returns what went wrong with that.
func (t *Table) Close() (err error) {
	for _, r := range t.runs {
		err = errors.Join(err, discard(r.file))
	}
	t.runs, t.recent, t.ordered = nil, nil, nil
	return err
}
