package courier

import (
	"context"
	"time"

	"loket/store"
)

// A resultWriter tells the store what comes of a batch of messages, while the next
// ones leave.
type resultWriter struct {
	outcomes chan func(*store.Tx) // with room for all
	over     chan struct{}
	done     chan error
}

// apart is how long commits are apart while messages leave: each takes as much of
// the processor as a message, and may as well tell of several.
const apart = 20 * time.Millisecond

// newResultWriter begins, whether or not ctx is done.
func newResultWriter(ctx context.Context, s *store.Store) *resultWriter {
	w := &resultWriter{make(chan func(*store.Tx), batchSize), make(chan struct{}), make(chan error, 1)}
	go func() { w.done <- w.commit(context.WithoutCancel(ctx), s) }()
	return w
}

// add has an outcome kept, and does not wait for that.
func (w *resultWriter) add(outcome func(*store.Tx)) { w.outcomes <- outcome }

// wait returns when all is kept. Nothing can be added after that.
func (w *resultWriter) wait() error {
	close(w.outcomes)
	close(w.over)
	return <-w.done
}

func (w *resultWriter) commit(ctx context.Context, s *store.Store) error {
	for first := range w.outcomes {
		batch := append([]func(*store.Tx){first}, w.queued()...)
		if err := s.Update(ctx, func(tx *store.Tx) error {
			for _, outcome := range batch {
				outcome(tx)
			}
			return nil
		}); err != nil {
			return err
		}
		select {
		case <-time.After(apart):
		case <-w.over:
		}
	}
	return nil
}

// queued are the outcomes that are there by now.
func (w *resultWriter) queued() (all []func(*store.Tx)) {
	for {
		select {
		case outcome, more := <-w.outcomes:
			if !more {
				return all
			}
			all = append(all, outcome)
		default:
			return all
		}
	}
}
