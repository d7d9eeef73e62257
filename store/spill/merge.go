package spill

import (
	"bytes"
	"container/heap"
	"iter"
)

// A cursor goes through entries in the order of their keys.
type cursor struct {
	entries []entry                 // those that come next
	more    func() ([]entry, error) // those after them, and at last none; nil if there are none
	age     int                     // among those that are merged: the newest has the highest
}

// fill sees to it that entries has the next one, and reports whether there is one.
func (c *cursor) fill() (is bool, err error) {
	if len(c.entries) == 0 && c.more != nil {
		c.entries, err = c.more()
	}
	return len(c.entries) > 0, err
}

// merging merges what several cursors go through.
type merging struct {
	heap cursorHeap
	err  error // that ended it
}

// merge merges what cursors go through, the newest of which is the last. Of several entries
// with the same key the newest counts.
func merge(cursors ...*cursor) *merging {
	m := &merging{}
	for age, c := range cursors {
		c.age = age
		if is := m.fill(c); is {
			m.heap = append(m.heap, c)
		}
	}
	heap.Init(&m.heap)
	return m
}

func (m *merging) fill(c *cursor) bool {
	is, err := c.fill()
	if err != nil {
		m.err = err
	}
	return is
}

// all yields what is merged, up to the first failure.
func (m *merging) all() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		var last []byte
		any := false
		for len(m.heap) > 0 && m.err == nil {
			c := m.heap[0]
			if e := c.entries[0]; !any || !bytes.Equal(e.key, last) {
				if !yield(e) {
					return
				}
				last, any = e.key, true
			}
			if c.entries = c.entries[1:]; m.fill(c) {
				heap.Fix(&m.heap, 0)
			} else {
				heap.Pop(&m.heap)
			}
		}
	}
}

// cursorHeap has the cursor first that has the next entry.
type cursorHeap []*cursor

func (h cursorHeap) Len() int      { return len(h) }
func (h cursorHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h cursorHeap) Less(i, j int) bool {
	order := bytes.Compare(h[i].entries[0].key, h[j].entries[0].key)
	return order < 0 || order == 0 && h[i].age > h[j].age
}
func (h *cursorHeap) Push(c any) { *h = append(*h, c.(*cursor)) }
func (h *cursorHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
