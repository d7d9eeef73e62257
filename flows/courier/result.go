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
	outcomes chan outcome // with room for all
	closed   chan struct{}
	done     chan error
}

// commitInterval is the time between commits while messages are sent. A commit takes as
// much processor time as a message, so one commit writes several outcomes.
const commitInterval = 20 * time.Millisecond

// newResultWriter starts a writer, which goes on when ctx is done.
func newResultWriter(ctx context.Context, s *store.Store) *resultWriter {
	w := &resultWriter{make(chan outcome, batchSize), make(chan struct{}), make(chan error, 1)}
	go func() { w.done <- w.commit(context.WithoutCancel(ctx), s) }()
	return w
}

// add has an outcome written, and does not wait for it.
func (w *resultWriter) add(o outcome) { w.outcomes <- o }

// wait returns when all outcomes are written. No outcome may be added after it.
func (w *resultWriter) wait() error {
	close(w.outcomes)
	close(w.closed)
	return <-w.done
}

func (w *resultWriter) commit(ctx context.Context, s *store.Store) error {
	for first := range w.outcomes {
		batch := append([]outcome{first}, w.takeQueued()...)
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

// storeOutcomes writes outcomes to the store, as many in each transaction as it allows.
func storeOutcomes(ctx context.Context, s *store.Store, batch []outcome) error {
	for len(batch) > 0 {
		n := slices.IndexFunc(batch, func(o outcome) bool { return o.needsOwnTx })
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

// takeQueued takes the outcomes that wait to be written.
func (w *resultWriter) takeQueued() (all []outcome) {
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
