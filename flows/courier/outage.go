package courier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"loket/flows/courier/delivery"
	"loket/store"
)

// sessionError is a failure of the channel in the midst of a batch.
type sessionError struct {
	why   error
	over  string // the ID of the message that may be the cause; empty if none can be
	alike bool   // whether it is that everybody is refused in the same words
}

func (b *sessionError) Error() string { return b.why.Error() }

// outageThreshold is how many messages in a row a line must break over, with nothing
// answered in between, or how many addressees must be refused alike, with nothing taken
// in between, before the channel is blamed rather than each of them.
const outageThreshold = 3

// handleBroken decides what comes of a line that broke: messages go on over a new one,
// or the channel is in an outage. It reports whether there may be more that leaves.
func (w *worker) handleBroken(ctx context.Context, b *sessionError) (more bool, err error) {
	w.closeSession()
	flowed := w.flows
	w.flows = false
	if b.alike { // others may not be, and who waits for them waits no longer than this
		return true, w.startOutage(ctx, b.why)
	}
	if b.over == "" {
		if flowed { // so far; some servers take only so many at a time
			return true, nil
		}
		return false, w.startOutage(ctx, b.why)
	}
	if !slices.Contains(w.broken, b.over) {
		w.broken = append(w.broken, b.over)
	}
	if len(w.broken) < outageThreshold {
		return true, nil
	}
	w.broken, w.outages = nil, 0 // lines do open: others wait no longer than the first time
	return !errors.Is(b.why, os.ErrDeadlineExceeded), w.startOutage(ctx, b.why)
}

// startOutage keeps that the channel does not work, and gives up what has waited for
// it too long.
func (w *worker) startOutage(ctx context.Context, cause error) error {
	w.closeSession()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.outages++
	w.flows = false
	w.countResult(Outage)
	why := delivery.DescribeError(cause)
	w.Log.Warn("no message leaves", "channel", w.channel, "trouble", why, "again in", w.Settings.outageDelay(w.outages))
	var since time.Time
	if err := w.Store.Update(ctx, func(tx *store.Tx) error {
		o, found := tx.Outage(w.channel)
		if !found || tx.Now.Sub(o.Last) > w.Settings.LastOutage+w.Settings.Answer+w.Settings.Poll {
			o.Since = tx.Now // nobody tried for a while
		}
		if o.Since.After(tx.Now) { // by a clock that was ahead
			o.Since = tx.Now
		}
		o.Last, o.LastError, since = tx.Now, why, o.Since
		tx.PutOutage(w.channel, o)
		return nil
	}); err != nil {
		return w.logFailure(ctx, "keep an outage", err)
	}
	if w.tooLong(since, 0) {
		if err := w.giveUpAll(ctx, w.Clock.Moment().Add(-w.Settings.GiveUp), why); err != nil {
			return w.logFailure(ctx, "give up messages", err)
		}
	}
	return fmt.Errorf("%s: %s", w.channel, why)
}

// giveUpAll gives up all that was due by then.
func (w *worker) giveUpAll(ctx context.Context, then time.Time, why string) error {
	for {
		turns, _, err := w.listDue(ctx, then)
		if err != nil || len(turns) == 0 {
			return err
		}
		hand, err := w.claim(ctx, turns)
		if err != nil {
			return err
		}
		for _, m := range hand {
			if err := w.commitOutcome(ctx, w.giveUpDue(m, w.giveUpReason(why))); err != nil {
				return err
			}
		}
	}
}
