package session

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
	"loket/ui/ssh/limits"
)

// redrawInterval is the shortest time between two redraws because of a changed size.
const redrawInterval = 100 * time.Millisecond

// redrawTurns is the number of a visitor's turns that a redraw takes.
const redrawTurns = 3

// windowSize is the size of a terminal, as its client last reported it, within limits.
type windowSize struct {
	clock   *clock.Clock
	maxSize tea.WindowSizeMsg
	cells   *limits.CellBudget

	mu         sync.Mutex
	current    tea.WindowSizeMsg
	takenCells int           // takenCells is the number of cells taken from the budget.
	changed    chan struct{} // changed has a value if the size has changed and was not sent yet.
}

func newWindowSize(in SharedSettings) *windowSize {
	return &windowSize{
		clock: in.Clock, maxSize: tea.WindowSizeMsg{Width: in.Limits.Columns, Height: in.Limits.Rows}, cells: in.Cells,
		current: tea.WindowSizeMsg{Width: limits.DefaultColumns, Height: limits.DefaultRows}, changed: make(chan struct{}, 1),
	}
}

// set sets the size that the client reported. If the budget does not have enough cells, the desk is drawn with the default
// size, in a corner of the terminal.
func (s *windowSize) set(columns, rows uint32) {
	asked := func(asked uint32, usual, most int) int {
		if asked == 0 {
			return usual
		}
		return int(min(asked, uint32(most)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	width, height := asked(columns, limits.DefaultColumns, s.maxSize.Width), asked(rows, limits.DefaultRows, s.maxSize.Height)
	s.cells.ReturnCells(s.takenCells)
	s.takenCells = max(width*height-limits.DefaultColumns*limits.DefaultRows, 0)
	if !s.cells.TakeCells(s.takenCells) {
		s.takenCells, width, height = 0, min(width, limits.DefaultColumns), min(height, limits.DefaultRows)
	}
	s.current = tea.WindowSizeMsg{Width: width, Height: height}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// returnCells puts the cells back into the budget.
func (s *windowSize) returnCells() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells.ReturnCells(s.takenCells)
	s.takenCells = 0
}

func (s *windowSize) get() tea.WindowSizeMsg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// sendChanges returns a channel that receives the newest size after each change, until ctx is done. Sizes come no faster than
// redrawInterval and the visitor's turns allow.
func (s *windowSize) sendChanges(ctx context.Context, turns *limits.TurnLimiter) <-chan tea.WindowSizeMsg {
	news := make(chan tea.WindowSizeMsg)
	go func() {
		for {
			select {
			case <-s.changed:
			case <-ctx.Done():
				return
			}
			if turns.Wait(ctx, redrawTurns) != nil {
				return
			}
			select {
			case news <- s.get():
			case <-ctx.Done():
				return
			}
			if s.clock.Wait(ctx, redrawInterval) != nil {
				return
			}
		}
	}()
	return news
}
