package courier

import (
	"context"
	"slices"
	"time"

	"loket/store"
)

// A resultWriter writes the outcomes of a batch to the store while the next messages are
// sent.
type resultWriter struct {
	outcomes chan outcomeUpdate // outcomes is a channel with room for all outcomes of a batch.
	closed   chan struct{}
	done     chan error
}

// commitInterval is the time between two commits while messages are sent. A commit takes as much processor time as sending a
// message, so one commit writes several outcomes.
const commitInterval = 20 * time.Millisecond

// newResultWriter starts a resultWriter. The writer continues even after ctx is done.
func newResultWriter(ctx context.Context, s *store.Store) *resultWriter {
	w := &resultWriter{make(chan outcomeUpdate, batchSize), make(chan struct{}), make(chan error, 1)}
	go func() { w.done <- w.commitOutcomes(context.WithoutCancel(ctx), s) }()
	return w
}

// addOutcome queues an outcome, and does not wait until it is written.
func (w *resultWriter) addOutcome(o outcomeUpdate) { w.outcomes <- o }

// awaitWritten waits until all outcomes are written. The caller must not call addOutcome after awaitWritten.
func (w *resultWriter) awaitWritten() error {
	close(w.outcomes)
	close(w.closed)
	return <-w.done
}

func (w *resultWriter) commitOutcomes(ctx context.Context, s *store.Store) error {
	for first := range w.outcomes {
		batch := append([]outcomeUpdate{first}, w.takeQueued()...)
		if err := storeOutcomes(ctx, s, batch); err != nil {
			return err
		}
		select {
		case <-time.After(commitInterval):
		case <-w.closed:
		}
	}
	return nil
}

// storeOutcomes writes outcomes to the store. An outcome that needs its own transaction gets one; the others share
// transactions.
func storeOutcomes(ctx context.Context, s *store.Store, batch []outcomeUpdate) error {
	for len(batch) > 0 {
		n := slices.IndexFunc(batch, func(o outcomeUpdate) bool { return o.needsOwnTx })
		switch {
		case n < 0:
			n = len(batch)
		case n == 0:
			n = 1
		}
		if err := s.Update(ctx, func(tx *store.Tx) error {
			for _, o := range batch[:n] {
				o.write(tx)
			}
			return nil
		}); err != nil {
			return err
		}
		batch = batch[n:]
	}
	return nil
}

// takeQueued returns the queued outcomes, and does not wait for others.
func (w *resultWriter) takeQueued() (all []outcomeUpdate) {
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
