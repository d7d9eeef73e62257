package courier

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/courier/delivery"
	"loket/store"
)

// An outcome writes the result of a message to the store.
type outcome struct {
	keep  func(*store.Tx)
	alone bool // in a transaction of its own, because it touches many keys
}

// mostUnclear is how often a message is sent while it is unclear whether it arrived. It
// may have arrived each time.
const mostUnclear = 6

// recordOf decides what the store records of m after err. refused is err if it is a
// failure of the message itself, otherwise nil. A message at which the session broke
// waits too, so that it does not hold up the others if it is the cause.
func (w *worker) recordOf(m claimed, refused *delivery.Refusal, err error) outcome {
	flows := w.flows
	if err == nil || refused != nil {
		w.broken = nil
		w.answers++
	}
	if err == nil || refused != nil && (refused.ForGood || !refused.Replied) { // a temporary refusal by the server may be the channel's fault
		w.flows, w.outages = true, 0
	}
	ended := w.flows && !flows
	o := w.kept(m, refused, err)
	if keep := o.keep; ended {
		o.keep = func(tx *store.Tx) { keep(tx); tx.EndOutage(w.channel) }
	}
	return o
}

// giveUpDue returns the outcome of a message that is given up.
func (w *worker) giveUpDue(m claimed, why string) outcome {
	w.countResult(Dead)
	w.Log.Error("message dead", "message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1, "error", why)
	return outcome{alone: true, keep: func(tx *store.Tx) {
		if tx.MarkDead(m.Message, why) && w.Desk.GiveUp(tx, m.Message, why) {
			tx.MarkReplaced(m.ID, why+"; a letter goes instead")
		}
	}}
}

// kept counts and logs the result of m, and returns what the store records of it.
func (w *worker) kept(m claimed, refused *delivery.Refusal, err error) outcome {
	log := w.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	why := delivery.DescribeError(err)
	wait := w.Settings.retryDelay(m.Message)
	again := w.Clock.Now().Add(wait)
	_, unclear := errors.AsType[*delivery.UnclearError](err)
	dead := refused != nil && refused.ForGood
	switch {
	case dead:
	case unclear && m.Unclear+1 >= mostUnclear:
		dead, why = true, fmt.Sprintf("given up after it left %d times: %s", mostUnclear, why)
	case err != nil && w.tooLong(m.Tried, wait):
		dead, why = true, w.giveUpReason(why)
	}
	switch {
	case err == nil:
		w.countResult(Sent)
		w.wiped = true
		log.Debug("message sent")
		return outcome{keep: func(tx *store.Tx) { tx.MarkSent(m.Message) }}
	case dead:
		return w.giveUpDue(m, why)
	case unclear:
		w.countResult(Failed)
		log.Warn("message may have arrived, and leaves again", "trouble", why, "again", again)
		return outcome{keep: func(tx *store.Tx) { tx.MarkUnclear(m.Message, why, again) }}
	}
	w.countResult(Failed)
	log.Warn("message waits", "trouble", why, "again", again)
	return outcome{keep: func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }}
}

// commitOutcome writes one outcome to the store at once.
func (w *worker) commitOutcome(ctx context.Context, o outcome) error {
	return storeAll(context.WithoutCancel(ctx), w.Store, []outcome{o})
}

// releaseClaims makes claimed messages due again at the time at which they were due
// before.
func (w *worker) releaseClaims(ctx context.Context, messages []claimed) error {
	return w.updateEach(ctx, messages, func(tx *store.Tx, m claimed) { tx.ReleaseMessage(m.Message, m.turn.At) })
}
