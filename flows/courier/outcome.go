package courier

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/courier/delivery"
	"loket/store"
)

// An outcomeUpdate is a change to the store that records the result of sending a message.
type outcomeUpdate struct {
	write      func(*store.Tx)
	needsOwnTx bool // needsOwnTx means that the change needs a transaction of its own, because it touches many keys.
}

// maxUnclearAttempts is the number of times that a message is sent while it stays unclear whether it arrived. The message may have
// arrived each time.
const maxUnclearAttempts = 6

// decideOutcome decides how to record the result of sending m in the store. err is nil if m was sent; refused is err if the
// failure concerns m alone, and otherwise nil. A message at which the session broke is postponed too, so that it cannot block
// the other messages.
func (w *worker) decideOutcome(m claimedMessage, refused *delivery.Refusal, err error) outcomeUpdate {
	flows := w.hasAnswers
	if err == nil || refused != nil {
		w.brokenIDs = nil
		w.answerCount++
	}
	// A temporary refusal by the server does not show that the channel works.
	if err == nil || refused != nil && (refused.IsPermanent || !refused.FromServer) {
		w.hasAnswers, w.outages = true, 0
	}
	ended := w.hasAnswers && !flows
	o := w.reportResult(m, refused, err)
	if keep := o.write; ended {
		o.write = func(tx *store.Tx) { keep(tx); tx.EndOutage(w.channel) }
	}
	return o
}

// giveUpMessage returns the outcome of giving up a message.
func (w *worker) giveUpMessage(m claimedMessage, why string) outcomeUpdate {
	w.countResult(ResultDead)
	w.Log.Error("message dead", "message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1, "error", why)
	return outcomeUpdate{needsOwnTx: true, write: func(tx *store.Tx) {
		if tx.MarkDead(m.Message, why) && w.Desk.HandleUndeliverable(tx, m.Message, why) {
			tx.MarkMessageReplaced(m.ID, why+"; a letter goes instead")
		}
	}}
}

// reportResult counts and logs the result of sending m, and returns its outcome for the store.
func (w *worker) reportResult(m claimedMessage, refused *delivery.Refusal, err error) outcomeUpdate {
	log := w.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	why := delivery.DescribeError(err)
	wait := w.Settings.retryDelay(m.Message)
	again := w.Clock.Now().Add(wait)
	_, unclear := errors.AsType[*delivery.UnclearDeliveryError](err)
	dead := refused != nil && refused.IsPermanent
	switch {
	case dead:
	case unclear && m.UnclearAttempts+1 >= maxUnclearAttempts:
		dead, why = true, fmt.Sprintf("given up after it left %d times: %s", maxUnclearAttempts, why)
	case err != nil && w.wouldPassGiveUp(m.FirstTried, wait):
		dead, why = true, w.giveUpReason(why)
	}
	switch {
	case err == nil:
		w.countResult(ResultSent)
		w.needsScrub = true
		log.Debug("message sent")
		return outcomeUpdate{write: func(tx *store.Tx) { tx.MarkSent(m.Message) }}
	case dead:
		return w.giveUpMessage(m, why)
	case unclear:
		w.countResult(ResultFailed)
		log.Warn("message may have arrived, and leaves again", "trouble", why, "again", again)
		return outcomeUpdate{write: func(tx *store.Tx) { tx.MarkMessageUnclear(m.Message, why, again) }}
	}
	w.countResult(ResultFailed)
	log.Warn("message waits", "trouble", why, "again", again)
	return outcomeUpdate{write: func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }}
}

// commitOutcome writes one outcome to the store in a transaction of its own.
func (w *worker) commitOutcome(ctx context.Context, o outcomeUpdate) error {
	return storeOutcomes(context.WithoutCancel(ctx), w.Store, []outcomeUpdate{o})
}

// releaseClaims returns claimed messages to the outbox, with the due times that they had before.
func (w *worker) releaseClaims(ctx context.Context, messages []claimedMessage) error {
	return w.updateMessages(ctx, messages, func(tx *store.Tx, m claimedMessage) { tx.ReleaseClaimedMessage(m.Message, m.dueEntry.At) })
}
