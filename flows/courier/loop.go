package courier

import (
	"context"
	"errors"
	"time"

	"loket/store/kvdb"
)

// runLoop sends messages when they are due, oldest first, until ctx is done.
func (w *worker) runLoop(ctx context.Context) {
	defer w.closeAndScrub(ctx)
	for ctx.Err() == nil {
		more, next, err := w.sendDueBatch(ctx, w.Clock.Now())
		switch {
		case err != nil:
			sleepContext(ctx, w.Settings.outageDelay(w.outages))
		case !more:
			w.closeSession()
			w.scrubStore(ctx)
			w.brokenIDs = nil
			w.awaitNextMessage(ctx, next)
		}
	}
}

// sendDueOnce tries each message that was due at then once. After a failure of the channel it continues if the channel answered in
// the meantime, or if other messages may succeed. It returns the error of an outage that has not ended.
func (w *worker) sendDueOnce(ctx context.Context, then time.Time) (ResultCount, error) {
	defer w.closeAndScrub(ctx)
	var outage error
	for ctx.Err() == nil {
		before := w.answerCount
		more, _, err := w.sendDueBatch(ctx, then)
		answered := w.answerCount > before
		switch {
		case err != nil && !more && !answered:
			return w.resultCount, err
		case err != nil:
			outage = err
		case !more:
			return w.resultCount, outage
		case answered:
			outage = nil
		}
	}
	return w.resultCount, ctx.Err()
}

// closeAndScrub closes the session and the receipts, and scrubs the store. It takes at most Settings.Stop.
func (w *worker) closeAndScrub(ctx context.Context) {
	w.closeSession()
	w.receipts.closeReceipts()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.Settings.Stop)
	defer cancel()
	w.scrubStore(ctx)
}

// scrubStore makes the database wipe the facts of sent messages from disk. A transaction that is still reading may delay this.
func (w *worker) scrubStore(ctx context.Context) {
	if !w.needsScrub {
		return
	}
	err := w.Store.Scrub(ctx)
	w.needsScrub = err != nil
	if err != nil && !errors.Is(err, kvdb.ErrTooManyConflicts) && ctx.Err() == nil {
		w.Log.Error("what was sent may still be read in the file", "error", err)
	}
}

// sleepContext waits for d, or until ctx is done.
func sleepContext(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// awaitNextMessage waits until the next message is due or a new message is posted. It waits at most Settings.Poll, because other
// processes may also post messages.
func (w *worker) awaitNextMessage(ctx context.Context, next time.Time) {
	wait := w.Settings.Poll
	if !next.IsZero() {
		wait = min(wait, max(next.Sub(w.Clock.Now()), 0))
	}
	select {
	case <-w.Store.MessagePostedSignal(w.channel):
	case <-time.After(wait):
	case <-ctx.Done():
	}
}

// sendDueBatch sends a batch of the messages that were due at then. more reports whether others may still have to be sent,
// even after an error. If more is false, next is the time when the next message is due, or zero if no message is waiting.
func (w *worker) sendDueBatch(ctx context.Context, then time.Time) (more bool, next time.Time, err error) {
	if err := w.receipts.markUnrecordedSent(ctx, w.Store); err != nil {
		return false, next, w.logFailure(ctx, "mark messages as sent", err)
	}
	if err := w.capDueTimes(ctx); err != nil {
		return false, next, w.logFailure(ctx, "bound waits in the outbox", err)
	}
	entries, next, err := w.listDue(ctx, then)
	if err != nil {
		return false, next, w.logFailure(ctx, "look into the outbox", err)
	}
	if len(entries) == 0 {
		return false, next, nil
	}
	if err := w.openSession(ctx); err != nil {
		return false, next, w.startOutage(ctx, err)
	}
	messages, err := w.claimMessages(ctx, entries)
	if err != nil {
		return false, next, w.logFailure(ctx, "take messages", err)
	}
	err = w.sendBatch(ctx, messages)
	if broken, is := errors.AsType[*sessionError](err); is {
		more, err = w.handleSessionError(ctx, broken)
		return more, next, err
	}
	if err != nil {
		return false, next, w.logFailure(ctx, "keep what came of messages", err)
	}
	return true, next, nil
}
