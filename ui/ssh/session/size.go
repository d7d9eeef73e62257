package session

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
	"loket/ui/ssh/limits"
)

// redrawEvery is how often a terminal is drawn anew for another size at most.
const redrawEvery = 100 * time.Millisecond

// redrawTurns is how many turns that takes.
const redrawTurns = 3

// size is the size of a terminal, as the client says it last, within bounds.
type size struct {
	clock *clock.Clock
	most  tea.WindowSizeMsg
	cells *limits.CellBudget

	mu      sync.Mutex
	last    tea.WindowSizeMsg
	taken   int           // of the cells
	changed chan struct{} // has something in it when last is news
}

func newSize(in Setting) *size {
	return &size{
		clock: in.Clock, most: tea.WindowSizeMsg{Width: in.Limits.Columns, Height: in.Limits.Rows}, cells: in.Cells,
		last: tea.WindowSizeMsg{Width: limits.UsualColumns, Height: limits.UsualRows}, changed: make(chan struct{}, 1),
	}
}

// set takes another size. When there are no cells for it, the desk is drawn on as
// much of the terminal as is usual.
func (s *size) set(columns, rows uint32) {
	asked := func(asked uint32, usual, most int) int {
		if asked == 0 {
			return usual
		}
		return int(min(asked, uint32(most)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	width, height := asked(columns, limits.UsualColumns, s.most.Width), asked(rows, limits.UsualRows, s.most.Height)
	s.cells.Return(s.taken)
	s.taken = max(width*height-limits.UsualColumns*limits.UsualRows, 0)
	if !s.cells.Take(s.taken) {
		s.taken, width, height = 0, min(width, limits.UsualColumns), min(height, limits.UsualRows)
	}
	s.last = tea.WindowSizeMsg{Width: width, Height: height}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// close returns the cells that were taken.
func (s *size) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells.Return(s.taken)
	s.taken = 0
}

func (s *size) get() tea.WindowSizeMsg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// follow sends the newest size whenever it has changed, redrawEvery at most and no
// faster than the visitor's turns, until ctx is done.
func (s *size) follow(ctx context.Context, turns *limits.Turns) <-chan tea.WindowSizeMsg {
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
			if s.clock.Wait(ctx, redrawEvery) != nil {
				return
			}
		}
	}()
	return news
}
