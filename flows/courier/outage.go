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

// brokenLine is a failure of the channel in the midst of a batch.
type brokenLine struct {
	why   error
	over  string // the ID of the message that may be the cause; empty if none can be
	alike bool   // whether it is that everybody is refused in the same words
}

func (b *brokenLine) Error() string { return b.why.Error() }

// several is how many messages in a row a line must break over, with nothing
// answered in between, or how many addressees must be refused alike, with nothing taken
// in between, before the channel is blamed rather than each of them.
const several = 3

// broke decides what comes of a line that broke: messages go on over a new one,
// or the channel is in an outage. It reports whether there may be more that leaves.
func (w *worker) broke(ctx context.Context, b *brokenLine) (more bool, err error) {
	w.hangUp()
	flowed := w.flows
	w.flows = false
	if b.alike { // others may not be, and who waits for them waits no longer than this
		return true, w.outage(ctx, b.why)
	}
	if b.over == "" {
		if flowed { // so far; some servers take only so many at a time
			return true, nil
		}
		return false, w.outage(ctx, b.why)
	}
	if !slices.Contains(w.broken, b.over) {
		w.broken = append(w.broken, b.over)
	}
	if len(w.broken) < several {
		return true, nil
	}
	w.broken, w.outages = nil, 0 // lines do open: others wait no longer than the first time
	return !errors.Is(b.why, os.ErrDeadlineExceeded), w.outage(ctx, b.why)
}

// outage keeps that the channel does not work, and gives up what has waited for
// it too long.
func (w *worker) outage(ctx context.Context, cause error) error {
	w.hangUp()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.outages++
	w.flows = false
	w.counts(Outage)
	why := delivery.Sentence(cause)
	w.Log.Warn("no message leaves", "channel", w.channel, "trouble", why, "again in", w.Settings.outageWait(w.outages))
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
		return w.failed(ctx, "keep an outage", err)
	}
	if w.tooLong(since, 0) {
		if err := w.giveUpAll(ctx, w.Clock.Moment().Add(-w.Settings.GiveUp), why); err != nil {
			return w.failed(ctx, "give up messages", err)
		}
	}
	return fmt.Errorf("%s: %s", w.channel, why)
}

// giveUpAll gives up all that was due by then.
func (w *worker) giveUpAll(ctx context.Context, then time.Time, why string) error {
	for {
		turns, _, err := w.due(ctx, then)
		if err != nil || len(turns) == 0 {
			return err
		}
		hand, err := w.take(ctx, turns)
		if err != nil {
			return err
		}
		for _, m := range hand {
			if err := w.commit(ctx, w.giveUp(m, w.givenUp(why))); err != nil {
				return err
			}
		}
	}
}
