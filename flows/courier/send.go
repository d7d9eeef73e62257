package courier

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/flows/courier/delivery"
	"loket/store/parallel"
)

// sendBatch has messages leave, and returns when the store knows what came of them.
func (w *worker) sendBatch(ctx context.Context, hand []claimed) error {
	kept := newResultWriter(ctx, w.Store)
	done, err := w.send(ctx, hand, kept)
	stored := kept.wait()
	if stored == nil {
		stored = w.receipts.clear()
	}
	if stored == nil {
		stored = w.releaseClaims(ctx, hand[done:])
	}
	if stored != nil {
		w.closeSession()
		return stored
	}
	return err
}

// send has messages leave one after the other, and returns how many it is done
// with. Before one leaves there is a receipt of the one before, or else the store
// knows of it: so at most one leaves again after this process was killed.
func (w *worker) send(ctx context.Context, hand []claimed, kept *resultWriter) (done int, err error) {
	defer w.letGo(kept)
	for text := range parallel.Map(ctx, composeAhead, slices.Values(hand), w.compose) {
		m := hand[done]
		if ctx.Err() != nil || m.Due.Sub(w.Clock.Now()) < w.Settings.Answer {
			return done, nil
		}
		err := w.deliver(ctx, m, text)
		refused, is := errors.AsType[*delivery.Refusal](err)
		broken := err != nil && !is
		if _, spared := errors.AsType[*delivery.ChannelError](err); broken && (spared || ctx.Err() != nil) { // then for want of time
			return done, &sessionError{why: err}
		}
		done++
		if is && refused.Replied {
			if err := w.refuse(m, refused, kept); err != nil {
				return done, &sessionError{why: err, alike: true}
			}
			continue
		}
		if err == nil {
			w.settle(kept)
		}
		outcome := w.recordOf(m, refused, err)
		if err == nil && w.receipts.add(m.ID) != nil {
			err = w.commitOutcome(ctx, outcome)
		} else {
			kept.add(outcome)
		}
		switch {
		case broken:
			return done, &sessionError{why: err, over: m.ID}
		case !is && err != nil:
			return done, err
		}
	}
	return done, nil
}

// deliver has m leave over the line.
func (w *worker) deliver(ctx context.Context, m claimed, text composed) error {
	if text.err != nil {
		return &delivery.Refusal{Why: text.err.Error(), ForGood: true}
	}
	leave, err := w.line.Prepare(ctx, m.Message, text.text)
	if err != nil {
		return err
	}
	return leave()
}

// composed is what a message was written as, or why it could not be.
type composed struct {
	text []byte
	err  error
}

// composeAhead is how many messages are written while another one leaves.
const composeAhead = 4

// compose writes m. One that makes a library panic would otherwise do so each
// time that loket is started.
func (w *worker) compose(m claimed) (made composed) {
	defer func() {
		if recover() != nil {
			made = composed{err: fmt.Errorf("write %q: it makes no sense", m.Template)}
		}
	}()
	text, err := w.carrier.Compose(m.Message)
	return composed{text, err}
}
