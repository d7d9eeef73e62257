package ssh

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
)

// The usual size of a terminal, in cells. One that does not say what it has has this.
const usualColumns, usualRows = 80, 24

// sizeEvery is how often a terminal is drawn anew for another size at most.
const sizeEvery = 100 * time.Millisecond

// drawingAnew is how many turns it takes.
const drawingAnew = 3

// space is how many cells there still are for terminals larger than usual, all
// together: cells are most of what a session takes of memory.
type space struct{ left atomic.Int64 }

func newSpace(l Limits) *space {
	s := &space{}
	s.left.Store(int64(l.Cells))
	return s
}

// take takes cells, if there are so many.
func (s *space) take(cells int) bool {
	if s.left.Add(-int64(cells)) < 0 {
		s.give(cells)
		return false
	}
	return true
}

func (s *space) give(cells int) { s.left.Add(int64(cells)) }

// sizes is the size of a terminal, as the client says it last, within bounds.
type sizes struct {
	clock *clock.Clock
	most  tea.WindowSizeMsg
	space *space

	mu      sync.Mutex
	last    tea.WindowSizeMsg
	taken   int           // of the space
	changed chan struct{} // has something in it when last is news
}

func newSizes(s *Server) *sizes {
	return &sizes{
		clock: s.Clock, most: tea.WindowSizeMsg{Width: s.Limits.Columns, Height: s.Limits.Rows}, space: s.space,
		last: tea.WindowSizeMsg{Width: usualColumns, Height: usualRows}, changed: make(chan struct{}, 1),
	}
}

// set takes another size. When there is no space for it, the desk is drawn on as
// much of the terminal as is usual.
func (s *sizes) set(columns, rows uint32) {
	asked := func(asked uint32, usual, most int) int {
		if asked == 0 {
			return usual
		}
		return int(min(asked, uint32(most)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	width, height := asked(columns, usualColumns, s.most.Width), asked(rows, usualRows, s.most.Height)
	s.space.give(s.taken)
	s.taken = max(width*height-usualColumns*usualRows, 0)
	if !s.space.take(s.taken) {
		s.taken, width, height = 0, min(width, usualColumns), min(height, usualRows)
	}
	s.last = tea.WindowSizeMsg{Width: width, Height: height}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// close gives back the space that was taken.
func (s *sizes) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.space.give(s.taken)
	s.taken = 0
}

func (s *sizes) get() tea.WindowSizeMsg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// follow gives the newest size whenever it has changed, sizeEvery at most and no
// faster than the visitor's pace, until ctx is done.
func (s *sizes) follow(ctx context.Context, pace *pace) <-chan tea.WindowSizeMsg {
	news := make(chan tea.WindowSizeMsg)
	go func() {
		for {
			select {
			case <-s.changed:
			case <-ctx.Done():
				return
			}
			if pace.turn(ctx, drawingAnew) != nil {
				return
			}
			select {
			case news <- s.get():
			case <-ctx.Done():
				return
			}
			if s.clock.Wait(ctx, sizeEvery) != nil {
				return
			}
		}
	}()
	return news
}
