package courier

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/flows/courier/delivery"
	"loket/store/parallel"
)

// sendBatch sends messages, and returns when their results are in the store.
func (w *worker) sendBatch(ctx context.Context, messages []claimedMessage) error {
	results := newResultWriter(ctx, w.Store)
	done, err := w.sendMessages(ctx, messages, results)
	storeErr := results.awaitWritten()
	if storeErr == nil {
		storeErr = w.receipts.clearReceipts()
	}
	if storeErr == nil {
		storeErr = w.releaseClaims(ctx, messages[done:])
	}
	if storeErr != nil {
		w.closeSession()
		return storeErr
	}
	return err
}

// sendMessages sends messages one after the other, and returns how many are done. Before it sends a message, the previous one has a
// receipt or is marked as sent in the store. So at most one message is sent twice if this process is killed.
func (w *worker) sendMessages(ctx context.Context, messages []claimedMessage, results *resultWriter) (done int, err error) {
	defer w.recordHeldRefusals(results)
	for text := range parallel.MapInOrder(ctx, maxComposedAhead, slices.Values(messages), w.composeMessage) {
		m := messages[done]
		if ctx.Err() != nil || m.Due.Sub(w.Clock.Now()) < w.Settings.Answer {
			return done, nil
		}
		err := w.deliverMessage(ctx, m, text)
		refused, is := errors.AsType[*delivery.Refusal](err)
		broken := err != nil && !is
		// If the channel failed or the time was up, no message is suspected of having broken the session.
		if _, spared := errors.AsType[*delivery.ChannelError](err); broken && (spared || ctx.Err() != nil) {
			return done, &sessionError{cause: err}
		}
		done++
		if is && refused.FromServer {
			if err := w.handleRefusal(m, refused, results); err != nil {
				return done, &sessionError{cause: err, refusesAll: true}
			}
			continue
		}
		if err == nil {
			w.settleHeldRefusals(results)
		}
		outcome := w.decideOutcome(m, refused, err)
		if err == nil && w.receipts.addReceipt(m.ID) != nil {
			err = w.commitOutcome(ctx, outcome)
		} else {
			results.addOutcome(outcome)
		}
		switch {
		case broken:
			return done, &sessionError{cause: err, suspectID: m.ID}
		case !is && err != nil:
			return done, err
		}
	}
	return done, nil
}

// deliverMessage sends m over the worker's session.
func (w *worker) deliverMessage(ctx context.Context, m claimedMessage, text composedText) error {
	if text.err != nil {
		return &delivery.Refusal{Why: text.err.Error(), IsPermanent: true}
	}
	leave, err := w.session.Prepare(ctx, m.Message, text.text)
	if err != nil {
		return err
	}
	return leave()
}

// composedText is the composed text of a message, or the error from composing it.
type composedText struct {
	text []byte
	err  error
}

// maxComposedAhead is the number of messages that are composed while another one is sent.
const maxComposedAhead = 4

// composeMessage composes the text of m. It recovers from a panic in a library; otherwise the same message would crash Loket again
// after each restart.
func (w *worker) composeMessage(m claimedMessage) (made composedText) {
	defer func() {
		if recover() != nil {
			made = composedText{err: fmt.Errorf("write %q: it makes no sense", m.Template)}
		}
	}()
	text, err := w.carrier.Compose(m.Message)
	return composedText{text, err}
}
