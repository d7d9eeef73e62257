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

	recent  *memory
	ordered []entry // those of recent, once they were sorted; nil if one was put since
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

	// indexEntry is about how many bytes the index of a memory takes for an entry.
	indexEntry = 32

	// runsTogether is how many runs of one level are merged into one of the next.
	runsTogether = 32

	// expectedEntries is how many entries the filter over all runs is for. With more of
	// them reading takes longer.
	expectedEntries = 8 << 20
)

// NewTable returns an empty table, whose files go to a place once there are any.
func NewTable(place Place) *Table {
	return &Table{place: place, recent: newMemory()}
}

// Put keeps a copy of a value under a key; nil notes that it was deleted.
func (t *Table) Put(key string, value []byte) {
	t.recent.put(key, value)
	t.ordered = nil
	if len(t.recent.text)+len(t.recent.newest)*indexEntry >= cmp.Or(t.place.Memory, usualMemory) {
		t.flush()
	}
}

// Get finds what was put under a key. The value is nil if that noted that it was deleted. It is
// not to be changed, and valid until the next Put.
func (t *Table) Get(key string) (value []byte, found bool) {
	hash := hashOf(key)
	if value, found = t.recent.find(key, hash); found || len(t.runs) == 0 || t.Err() != nil {
		return value, found
	}
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
	n := t.recent.entries
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
			if key := string(e.key); !strings.HasPrefix(key, prefix) || key != after && !yield(key, e.value) {
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
		t.ordered = t.recent.sorted()
	}
	first := sort.Search(len(t.ordered), func(i int) bool { return string(t.ordered[i].key) >= from })
	return append(cursors, &cursor{entries: t.ordered[first:]})
}

// flush writes what is in memory into a run.
func (t *Table) flush() {
	if t.Err() != nil || !t.beginSealing() {
		return
	}
	t.recent.each(func(_ int, e entry) { t.has.add(hashOfBytes(e.key)) })
	t.addRun(0, t.recent.entries, merge(&cursor{entries: t.recent.sorted()}))
	t.recent.clear()
	t.ordered = nil
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
	t.runs, t.recent, t.ordered = nil, newMemory(), nil
	return err
}
