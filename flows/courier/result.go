package courier

import (
	"context"
	"slices"
	"time"

	"loket/store"
)

// A resultWriter tells the store what comes of a batch of messages, while the next
// ones leave.
type resultWriter struct {
	outcomes chan outcome // with room for all
	over     chan struct{}
	done     chan error
}

// commitInterval is how long commits are apart while messages leave: each takes as much of
// the processor as a message, and may as well tell of several.
const commitInterval = 20 * time.Millisecond

// newResultWriter begins, whether or not ctx is done.
func newResultWriter(ctx context.Context, s *store.Store) *resultWriter {
	w := &resultWriter{make(chan outcome, batchSize), make(chan struct{}), make(chan error, 1)}
	go func() { w.done <- w.commit(context.WithoutCancel(ctx), s) }()
	return w
}

// add has an outcome kept, and does not wait for that.
func (w *resultWriter) add(o outcome) { w.outcomes <- o }

// wait returns when all is kept. Nothing can be added after that.
func (w *resultWriter) wait() error {
	close(w.outcomes)
	close(w.over)
	return <-w.done
}

func (w *resultWriter) commit(ctx context.Context, s *store.Store) error {
	for first := range w.outcomes {
		batch := append([]outcome{first}, w.queued()...)
		if err := storeAll(ctx, s, batch); err != nil {
			return err
		}
		select {
		case <-time.After(commitInterval):
		case <-w.over:
		}
	}
	return nil
}

// storeAll tells the store of outcomes, of as many at once as a transaction may.
func storeAll(ctx context.Context, s *store.Store, batch []outcome) error {
	for len(batch) > 0 {
		n := slices.IndexFunc(batch, func(o outcome) bool { return o.alone })
		switch {
		case n < 0:
			n = len(batch)
		case n == 0:
			n = 1
		}
		if err := s.Update(ctx, func(tx *store.Tx) error {
			for _, o := range batch[:n] {
				o.keep(tx)
			}
			return nil
		}); err != nil {
			return err
		}
		batch = batch[n:]
	}
	return nil
}

// queued are the outcomes that are there by now.
func (w *resultWriter) queued() (all []outcome) {
	for {
		select {
		case o, more := <-w.outcomes:
			if !more {
				return all
			}
			all = append(all, o)
		default:
			return all
		}
	}
}
