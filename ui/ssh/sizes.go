package ssh

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// The largest terminal that is drawn for, in cells: what is larger costs memory
// and shows nothing more. One that does not say what it is has the usual size.
const (
	mostColumns, mostRows   = 200, 60
	usualColumns, usualRows = 80, 24
)

// sizeEvery is how often a terminal is drawn anew for another size at most.
const sizeEvery = 100 * time.Millisecond

// sizes is the size of a terminal, as the client says it last.
type sizes struct {
	clock *flows.Clock

	mu      sync.Mutex
	last    tea.WindowSizeMsg
	changed chan struct{} // has something in it when last is news
}

func newSizes(clock *flows.Clock) *sizes {
	return &sizes{clock: clock, last: tea.WindowSizeMsg{Width: usualColumns, Height: usualRows}, changed: make(chan struct{}, 1)}
}

// set takes another size, within bounds.
func (s *sizes) set(columns, rows uint32) {
	clamped := func(asked uint32, most, usual int) int {
		if asked == 0 {
			return usual
		}
		return int(min(asked, uint32(most)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = tea.WindowSizeMsg{Width: clamped(columns, mostColumns, usualColumns), Height: clamped(rows, mostRows, usualRows)}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

func (s *sizes) get() tea.WindowSizeMsg {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

// follow gives the newest size whenever it has changed, sizeEvery at most, until
// ctx is done.
func (s *sizes) follow(ctx context.Context) <-chan tea.WindowSizeMsg {
	news := make(chan tea.WindowSizeMsg)
	go func() {
		for {
			select {
			case <-s.changed:
			case <-ctx.Done():
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
