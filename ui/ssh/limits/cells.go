package limits

import "sync/atomic"

// The usual size of a terminal, in cells. It is used if a client reports no size.
const DefaultColumns, DefaultRows = 80, 24

// CellBudget bounds the cells of all terminals that are larger than usual, because cells take
// most of a session's memory.
type CellBudget struct{ remaining atomic.Int64 }

// NewCellBudget returns the full budget of the settings.
func NewCellBudget(s Settings) *CellBudget {
	b := &CellBudget{}
	b.remaining.Store(int64(s.Cells))
	return b
}

// Take takes cells from the budget. It reports false, and takes none, if there are too few.
func (b *CellBudget) Take(cells int) bool {
	if b.remaining.Add(-int64(cells)) < 0 {
		b.Return(cells)
		return false
	}
	return true
}

// Return gives cells back that were taken.
func (b *CellBudget) Return(cells int) { b.remaining.Add(int64(cells)) }

// Remaining returns how many cells are left.
func (b *CellBudget) Remaining() int { return int(b.remaining.Load()) }
