package limits

import "sync/atomic"

// DefaultColumns and DefaultRows are the usual size of a terminal, in cells. They apply if a client reports no size.
const DefaultColumns, DefaultRows = 80, 24

// CellBudget limits the total number of cells of all terminals that are larger than usual, because cells take most of a
// session's memory.
type CellBudget struct{ remaining atomic.Int64 }

// NewCellBudget returns a budget of which nothing is used.
func NewCellBudget(s Settings) *CellBudget {
	b := &CellBudget{}
	b.remaining.Store(int64(s.Cells))
	return b
}

// TakeCells takes cells from the budget. If there are too few, it takes no cells and returns false.
func (b *CellBudget) TakeCells(cells int) bool {
	if b.remaining.Add(-int64(cells)) < 0 {
		b.ReturnCells(cells)
		return false
	}
	return true
}

// ReturnCells puts cells that were taken back into the budget.
func (b *CellBudget) ReturnCells(cells int) { b.remaining.Add(int64(cells)) }

// Remaining returns the number of cells that are left in the budget.
func (b *CellBudget) Remaining() int { return int(b.remaining.Load()) }
