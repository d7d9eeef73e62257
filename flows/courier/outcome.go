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
	write      func(*store.Tx)
	needsOwnTx bool // in a transaction of its own, because it touches many keys
}

// maxUnclear is how often a message is sent while it is unclear whether it arrived. It
// may have arrived each time.
const maxUnclear = 6

// decideOutcome decides what the store records of m after err. refused is err if it is a
// failure of the message itself, otherwise nil. A message at which the session broke
// waits too, so that it does not hold up the others if it is the cause.
func (w *worker) decideOutcome(m claimedMessage, refused *delivery.Refusal, err error) outcome {
	flows := w.isFlowing
	if err == nil || refused != nil {
		w.brokenIDs = nil
		w.answerCount++
	}
	if err == nil || refused != nil && (refused.IsPermanent || !refused.FromServer) { // a temporary refusal by the server may be the channel's fault
		w.isFlowing, w.outages = true, 0
	}
	ended := w.isFlowing && !flows
	o := w.reportResult(m, refused, err)
	if keep := o.write; ended {
		o.write = func(tx *store.Tx) { keep(tx); tx.EndOutage(w.channel) }
	}
	return o
}

// giveUpMessage returns the outcome of a message that is given up.
func (w *worker) giveUpMessage(m claimedMessage, why string) outcome {
	w.countResult(ResultDead)
	w.Log.Error("message dead", "message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1, "error", why)
	return outcome{needsOwnTx: true, write: func(tx *store.Tx) {
		if tx.MarkDead(m.Message, why) && w.Desk.AbandonMessage(tx, m.Message, why) {
			tx.MarkReplaced(m.ID, why+"; a letter goes instead")
		}
	}}
}

// reportResult counts and logs the result of m, and returns what the store records of it.
func (w *worker) reportResult(m claimedMessage, refused *delivery.Refusal, err error) outcome {
	log := w.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	why := delivery.DescribeError(err)
	wait := w.Settings.retryDelay(m.Message)
	again := w.Clock.Now().Add(wait)
	_, unclear := errors.AsType[*delivery.UnclearError](err)
	dead := refused != nil && refused.IsPermanent
	switch {
	case dead:
	case unclear && m.UnclearAttempts+1 >= maxUnclear:
		dead, why = true, fmt.Sprintf("given up after it left %d times: %s", maxUnclear, why)
	case err != nil && w.isPastGiveUp(m.FirstTried, wait):
		dead, why = true, w.giveUpReason(why)
	}
	switch {
	case err == nil:
		w.countResult(ResultSent)
		w.needsScrub = true
		log.Debug("message sent")
		return outcome{write: func(tx *store.Tx) { tx.MarkSent(m.Message) }}
	case dead:
		return w.giveUpMessage(m, why)
	case unclear:
		w.countResult(ResultFailed)
		log.Warn("message may have arrived, and leaves again", "trouble", why, "again", again)
		return outcome{write: func(tx *store.Tx) { tx.MarkUnclear(m.Message, why, again) }}
	}
	w.countResult(ResultFailed)
	log.Warn("message waits", "trouble", why, "again", again)
	return outcome{write: func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }}
}

// commitOutcome writes one outcome to the store at once.
func (w *worker) commitOutcome(ctx context.Context, o outcome) error {
	return storeOutcomes(context.WithoutCancel(ctx), w.Store, []outcome{o})
}

// releaseClaims makes claimed messages due again at the time at which they were due
// before.
func (w *worker) releaseClaims(ctx context.Context, messages []claimedMessage) error {
	return w.updateMessages(ctx, messages, func(tx *store.Tx, m claimedMessage) { tx.ReleaseMessage(m.Message, m.dueEntry.At) })
}
