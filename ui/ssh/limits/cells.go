package limits

import "sync/atomic"

// The usual size of a terminal, in cells. One that does not say what it has has this.
const DefaultColumns, DefaultRows = 80, 24

// CellBudget is how many cells there still are for terminals larger than usual, all
// together: cells are most of what a session takes of memory.
type CellBudget struct{ left atomic.Int64 }

// NewCellBudget returns one of which nothing is taken.
func NewCellBudget(s Settings) *CellBudget {
	b := &CellBudget{}
	b.left.Store(int64(s.Cells))
	return b
}

// Take takes cells, and reports whether there were so many.
func (b *CellBudget) Take(cells int) bool {
	if b.left.Add(-int64(cells)) < 0 {
		b.Return(cells)
		return false
	}
	return true
}

// Return returns cells that were taken.
func (b *CellBudget) Return(cells int) { b.left.Add(int64(cells)) }

// Remaining returns how many cells there still are.
func (b *CellBudget) Remaining() int { return int(b.left.Load()) }
