package courier

import (
	"context"
	"time"

	"loket/store"
)

// keeping tells the store what comes of a handful of messages, while the next
// ones leave.
type keeping struct {
	outcomes chan func(*store.Tx) // with room for all
	over     chan struct{}
	done     chan error
}

// apart is how long commits are apart while messages leave: each takes as much of
// the processor as a message, and may as well tell of several.
const apart = 20 * time.Millisecond

// keep begins, whether or not ctx is done.
func (r *route) keep(ctx context.Context) *keeping {
	k := &keeping{make(chan func(*store.Tx), handful), make(chan struct{}), make(chan error, 1)}
	go func() { k.done <- k.commit(context.WithoutCancel(ctx), r.Store) }()
	return k
}

// add has an outcome kept, and does not wait for that.
func (k *keeping) add(outcome func(*store.Tx)) { k.outcomes <- outcome }

// wait returns when all is kept. Nothing can be added after that.
func (k *keeping) wait() error {
	close(k.outcomes)
	close(k.over)
	return <-k.done
}

func (k *keeping) commit(ctx context.Context, s *store.Store) error {
	for first := range k.outcomes {
		batch := append([]func(*store.Tx){first}, k.queued()...)
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
		case <-k.over:
		}
	}
	return nil
}

// queued are the outcomes that are there by now.
func (k *keeping) queued() (all []func(*store.Tx)) {
	for {
		select {
		case outcome, more := <-k.outcomes:
			if !more {
				return all
			}
			all = append(all, outcome)
		default:
			return all
		}
	}
}
