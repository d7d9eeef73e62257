package spill

import (
	"bytes"
	"container/heap"
	"iter"
)

// A cursor reads entries in the order of their keys. No two of them have the same key.
type cursor struct {
	entries  []entry                 // entries are the next entries, already loaded.
	loadMore func() ([]entry, error) // loadMore loads the entries after these, and returns none at the end. It may be nil.
	rank     int                     // rank is the position of a cursor in a merge: the cursor with the newest entries has the highest rank.
}

// loadEntries loads entries if none are left, and reports whether there are any.
func (c *cursor) loadEntries() (is bool, err error) {
	if len(c.entries) == 0 && c.loadMore != nil {
		c.entries, err = c.loadMore()
	}
	return len(c.entries) > 0, err
}

// cursorMerge merges the entries of several cursors.
type cursorMerge struct {
	heap cursorHeap
	err  error // err is the error that ended the merge.
}

// mergeCursors merges the entries of cursors, which are ordered from oldest to newest. If several entries have the same key, only the
// newest is used.
func mergeCursors(cursors ...*cursor) *cursorMerge {
	m := &cursorMerge{}
	for age, c := range cursors {
		c.rank = age
		if is := m.loadCursor(c); is {
			m.heap = append(m.heap, c)
		}
	}
	heap.Init(&m.heap)
	return m
}

func (m *cursorMerge) loadCursor(c *cursor) bool {
	is, err := c.loadEntries()
	if err != nil {
		m.err = err
	}
	return is
}

// mergedEntries yields the merged entries, up to the first error.
func (m *cursorMerge) mergedEntries() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		var newest *cursor // newest is the cursor of the entry that was yielded last.
		var last []byte    // last is the key of that entry.
		for len(m.heap) > 0 && m.err == nil {
			c := m.heap[0]
			if e := c.entries[0]; newest == nil || c == newest || !bytes.Equal(e.key, last) {
				if !yield(e) {
					return
				}
				newest, last = c, e.key
			}
			if c.entries = c.entries[1:]; m.loadCursor(c) {
				heap.Fix(&m.heap, 0)
			} else {
				heap.Pop(&m.heap)
			}
		}
	}
}

// cursorHeap is a heap of cursors, with the smallest next key first.
type cursorHeap []*cursor

func (h cursorHeap) Len() int      { return len(h) }
func (h cursorHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h cursorHeap) Less(i, j int) bool {
	order := bytes.Compare(h[i].entries[0].key, h[j].entries[0].key)
	return order < 0 || order == 0 && h[i].rank > h[j].rank
}
func (h *cursorHeap) Push(c any) { *h = append(*h, c.(*cursor)) }
func (h *cursorHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
