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

// sessionError is a failure of the channel in the middle of a batch.
type sessionError struct {
	why        error
	suspectID  string // the ID of the message that may be the cause; empty if no message can be
	refusesAll bool   // whether all addressees are refused in the same words
}

func (b *sessionError) Error() string { return b.why.Error() }

// outageThreshold is how many sessions in a row must break, each at another message and
// without an answer in between, before the channel is blamed instead of the messages. It
// is also how many addressees must be refused in the same words, without a message
// accepted in between.
const outageThreshold = 3

// handleSessionError decides what follows a broken session: either messages go on over a new
// session, or the channel is in an outage. It reports whether there may be more messages
// that can be sent.
func (w *worker) handleSessionError(ctx context.Context, b *sessionError) (more bool, err error) {
	w.closeSession()
	flowed := w.isFlowing
	w.isFlowing = false
	if b.refusesAll { // messages for others may be accepted, and the next try is after the same short wait
		return true, w.startOutage(ctx, b.why)
	}
	if b.suspectID == "" {
		if flowed { // some servers take only so many messages in a session
			return true, nil
		}
		return false, w.startOutage(ctx, b.why)
	}
	if !slices.Contains(w.brokenIDs, b.suspectID) {
		w.brokenIDs = append(w.brokenIDs, b.suspectID)
	}
	if len(w.brokenIDs) < outageThreshold {
		return true, nil
	}
	w.brokenIDs, w.outages = nil, 0 // sessions can be opened, so the wait starts at its shortest again
	return !errors.Is(b.why, os.ErrDeadlineExceeded), w.startOutage(ctx, b.why)
}

// startOutage records that the channel does not work, and gives up the messages that have
// waited too long for it.
func (w *worker) startOutage(ctx context.Context, cause error) error {
	w.closeSession()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.outages++
	w.isFlowing = false
	w.countResult(ResultOutage)
	why := delivery.DescribeError(cause)
	w.Log.Warn("no message leaves", "channel", w.channel, "trouble", why, "again in", w.Settings.outageDelay(w.outages))
	var since time.Time
	if err := w.Store.Update(ctx, func(tx *store.Tx) error {
		o, found := tx.Outage(w.channel)
		if !found || tx.Now.Sub(o.LastTried) > w.Settings.LastOutage+w.Settings.Answer+w.Settings.Poll {
			o.Since = tx.Now // nobody tried for a while
		}
		if o.Since.After(tx.Now) { // by a clock that was ahead
			o.Since = tx.Now
		}
		o.LastTried, o.LastError, since = tx.Now, why, o.Since
		tx.PutOutage(w.channel, o)
		return nil
	}); err != nil {
		return w.logFailure(ctx, "keep an outage", err)
	}
	if w.isPastGiveUp(since, 0) {
		if err := w.giveUpOverdue(ctx, w.Clock.ReferenceNow().Add(-w.Settings.GiveUp), why); err != nil {
			return w.logFailure(ctx, "give up messages", err)
		}
	}
	return fmt.Errorf("%s: %s", w.channel, why)
}

// giveUpOverdue gives up all messages that were due at then.
func (w *worker) giveUpOverdue(ctx context.Context, then time.Time, why string) error {
	for {
		entries, _, err := w.listDue(ctx, then)
		if err != nil || len(entries) == 0 {
			return err
		}
		messages, err := w.claim(ctx, entries)
		if err != nil {
			return err
		}
		for _, m := range messages {
			if err := w.commitOutcome(ctx, w.giveUpMessage(m, w.giveUpReason(why))); err != nil {
				return err
			}
		}
	}
}
