package background

import (
	"context"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// Workers runs work on the store in the background. Bubble Tea starts commands and never waits for them, but all work must
// have ended before the store closes. So Shutdown cancels the work and waits for it.
type Workers struct {
	ctx    context.Context // ctx is canceled by Shutdown.
	cancel context.CancelFunc

	mu         sync.Mutex
	isShutDown bool
	wg         sync.WaitGroup
}

// NewWorkers returns Workers whose work is canceled when ctx is done.
func NewWorkers(ctx context.Context) *Workers {
	w := &Workers{}
	w.ctx, w.cancel = context.WithCancel(ctx)
	return w
}

// Context returns the context of all work. Shutdown cancels it.
func (w *Workers) Context() context.Context { return w.ctx }

// RunWork runs work and returns its message. After Shutdown, it does nothing and returns nil.
func (w *Workers) RunWork(work func() tea.Msg) tea.Msg {
	if !w.beginWork() {
		return nil
	}
	defer w.wg.Done()
	return work()
}

// StartWork runs work in a goroutine. Shutdown waits for it but does not cancel it.
func (w *Workers) StartWork(work func()) {
	if w.beginWork() {
		go func() {
			defer w.wg.Done()
			work()
		}()
	}
}

// beginWork reports whether work may begin. If it returns true, the caller must call Done of the wait group when the work has
// ended.
func (w *Workers) beginWork() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.isShutDown {
		w.wg.Add(1)
	}
	return !w.isShutDown
}

// Shutdown cancels all work and waits until it has ended. After that, no work can begin.
func (w *Workers) Shutdown() {
	w.cancel()
	w.mu.Lock()
	w.isShutDown = true
	w.mu.Unlock()
	w.wg.Wait()
}
