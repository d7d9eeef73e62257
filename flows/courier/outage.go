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

// sessionError is a failure of the channel while a batch of messages is being sent.
type sessionError struct {
	cause      error
	suspectID  string // suspectID is the ID of the message that may have caused the failure; "" if no message can have caused it.
	refusesAll bool   // refusesAll means that the server refuses all addressees with the same reply.
}

func (b *sessionError) Error() string { return b.cause.Error() }

// handleSessionError decides how to continue after a session breaks: with a new session, or by declaring an outage. more
// reports whether other messages may still be sent.
func (w *worker) handleSessionError(ctx context.Context, b *sessionError) (more bool, err error) {
	w.closeSession()
	flowed := w.hasAnswers
	w.hasAnswers = false
	if b.refusesAll { // The server may still accept messages to other addressees, so there may be more messages to send.
		return true, w.startOutage(ctx, b.cause)
	}
	if b.suspectID == "" {
		if flowed { // Some mail servers close the session after a number of messages, which is not an outage.
			return true, nil
		}
		return false, w.startOutage(ctx, b.cause)
	}
	if !slices.Contains(w.brokenIDs, b.suspectID) {
		w.brokenIDs = append(w.brokenIDs, b.suspectID)
	}
	if len(w.brokenIDs) < outageThreshold {
		return true, nil
	}
	w.brokenIDs, w.outages = nil, 0 // The waits of an outage start again at the shortest, because sessions can still be opened.
	return !errors.Is(b.cause, os.ErrDeadlineExceeded), w.startOutage(ctx, b.cause)
}

// startOutage records that the channel does not work. It gives up the messages that have waited for longer than
// Settings.GiveUp.
func (w *worker) startOutage(ctx context.Context, cause error) error {
	w.closeSession()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.outages++
	w.hasAnswers = false
	w.countResult(ResultOutage)
	why := delivery.DescribeError(cause)
	w.Log.Warn("no message leaves", "channel", w.channel, "trouble", why, "again in", w.Settings.outageDelay(w.outages))
	var since time.Time
	if err := w.Store.Update(ctx, func(tx *store.Tx) error {
		o, found := tx.Outage(w.channel)
		if !found || tx.Now.Sub(o.LastTried) > w.Settings.LastOutage+w.Settings.Answer+w.Settings.Poll {
			o.Since = tx.Now // If no process has tried the channel for a while, a new outage begins.
		}
		if o.Since.After(tx.Now) { // A start in the future was recorded by a clock that was ahead.
			o.Since = tx.Now
		}
		o.LastTried, o.LastError, since = tx.Now, why, o.Since
		tx.PutOutage(w.channel, o)
		return nil
	}); err != nil {
		return w.logFailure(ctx, "keep an outage", err)
	}
	if w.wouldPassGiveUp(since, 0) {
		if err := w.giveUpOverdue(ctx, w.Clock.ReferenceNow().Add(-w.Settings.GiveUp), why); err != nil {
			return w.logFailure(ctx, "give up messages", err)
		}
	}
	return fmt.Errorf("%s: %s", w.channel, why)
}

// giveUpOverdue gives up all messages that were due at the time then.
func (w *worker) giveUpOverdue(ctx context.Context, then time.Time, why string) error {
	for {
		entries, _, err := w.listDue(ctx, then)
		if err != nil || len(entries) == 0 {
			return err
		}
		messages, err := w.claimMessages(ctx, entries)
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
