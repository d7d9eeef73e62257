package ui

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// workers runs what touches the store, beside the screens. Shutdown cancels the work
// and waits for it, because Bubble Tea starts commands and never waits for them, and
// work on the store has to be done before that closes.
type workers struct {
	ctx    context.Context // until Shutdown
	cancel context.CancelFunc

	mu   sync.Mutex
	shut bool
	all  sync.WaitGroup
}

func newWorkers(ctx context.Context) *workers {
	w := &workers{}
	w.ctx, w.cancel = context.WithCancel(ctx)
	return w
}

// Do does work and returns what came of it, or nil after Shutdown.
func (w *workers) Do(work func() tea.Msg) tea.Msg {
	if !w.acquire() {
		return nil
	}
	defer w.all.Done()
	return work()
}

// Go begins work whose outcome nobody waits for. Shutdown lets it finish.
func (w *workers) Go(work func()) {
	if w.acquire() {
		go func() {
			defer w.all.Done()
			work()
		}()
	}
}

// acquire reports whether work may begin. If so, all.Done must follow.
func (w *workers) acquire() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.shut {
		w.all.Add(1)
	}
	return !w.shut
}

// Shutdown cancels all work, and waits for its end. No more can begin.
func (w *workers) Shutdown() {
	w.cancel()
	w.mu.Lock()
	w.shut = true
	w.mu.Unlock()
	w.all.Wait()
}
