package courier

import (
	"context"
	"fmt"
	"time"

	"loket/flows/courier/delivery"
	"loket/flows/desk"
	"loket/store"
)

// A worker sends messages over one session of a channel at a time.
type worker struct {
	*Courier
	carrier  delivery.Carrier
	channel  store.Channel
	receipts *receipts

	session     delivery.Session // session is nil while no session is open.
	hasAnswers  bool             // hasAnswers means that a message was accepted or refused since the channel last failed.
	brokenIDs   []string         // brokenIDs are the IDs of the messages at which a session broke since the last pause or answer.
	needsScrub  bool             // needsScrub means that deleted messages may still be on disk in the database file.
	refusals    refusals         // refusals are the refusals since the channel last accepted a message.
	outages     int              // outages is the number of outages in a row.
	answerCount int              // answerCount is the number of messages sent or refused so far.
	resultCount ResultCount
}

func newWorker(c *Courier, channel store.Channel, carrier delivery.Carrier, n int) *worker {
	return &worker{Courier: c, carrier: carrier, channel: channel, receipts: newReceipts(c.Receipts, n)}
}

// openSession opens a session, if none is open.
func (w *worker) openSession(ctx context.Context) (err error) {
	if w.session != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, w.Settings.Answer)
	defer cancel()
	line, err := w.carrier.Open(ctx)
	if err == nil {
		w.session = line
	}
	return err
}

func (w *worker) closeSession() {
	if w.session != nil {
		w.session.Close()
		w.session = nil
	}
}

// listDue returns the first messages that are due at the time then, up to batchSize. next is the time when the message after
// these is due.
func (w *worker) listDue(ctx context.Context, then time.Time) (entries []store.DueEntry, next time.Time, err error) {
	err = w.Store.View(ctx, func(tx *store.Tx) error {
		entries, next = nil, time.Time{}
		for t := range tx.DueEntries(w.channel) {
			if t.At.After(then) || len(entries) == batchSize {
				next = t.At
				return nil
			}
			entries = append(entries, t)
		}
		return nil
	})
	return entries, next, err
}

// capDueTimes reschedules messages that are due later than the longest possible wait. A clock that was ahead may have
// postponed them.
func (w *worker) capDueTimes(ctx context.Context) error {
	longest := max(w.Settings.LastWait, w.Settings.Lease)
	var late []store.DueEntry
	err := w.Store.View(ctx, func(tx *store.Tx) error {
		late = tx.DueEntriesAfter(w.channel, tx.Now.Add(longest), batchSize)
		return nil
	})
	if err != nil || len(late) == 0 {
		return err
	}
	return w.Store.Update(ctx, func(tx *store.Tx) error {
		for _, t := range late {
			tx.RescheduleMessage(w.channel, t, tx.Now.Add(longest))
		}
		return nil
	})
}

// claimMessages leases due messages, except those that another worker has leased.
func (w *worker) claimMessages(ctx context.Context, entries []store.DueEntry) (messages []claimedMessage, err error) {
	err = w.Store.Update(ctx, func(tx *store.Tx) error {
		messages = nil
		for _, t := range entries {
			if w.withdrawMessage(tx, t) || w.leaveOldAddress(tx, t) {
				continue
			}
			if m, taken := tx.ClaimDueMessage(w.channel, t, tx.Now.Add(w.Settings.Lease)); taken {
				messages = append(messages, claimedMessage{m, t})
			}
		}
		return nil
	})
	return messages, err
}

// withdrawMessage deletes a message from the outbox if its customer must no longer receive it, for example because the customer has
// died. It reports whether it deleted the message.
func (w *worker) withdrawMessage(tx *store.Tx, t store.DueEntry) bool {
	m, found := tx.Message(t.Message)
	if !found || desk.MayReceiveMessage(tx, m.Customer, m.Template) || !tx.DeleteUnsent(m.ID) {
		return false
	}
	w.needsScrub = true
	recordChange(tx, m, desk.MessageWithdrawn)
	return true
}

// leaveOldAddress has a message with a secret go to the present address of its customer. It reports whether the message itself is no
// longer there.
func (w *worker) leaveOldAddress(tx *store.Tx, t store.DueEntry) (isGone bool) {
	m, found := tx.Message(t.Message)
	if !found || m.SendState() != store.MessageWaiting {
		return false
	}
	change := w.Desk.LeaveOldAddress(tx, m)
	if change != desk.AddressKept {
		w.needsScrub = true
		recordChange(tx, m, change)
	}
	return change == desk.MessageReplaced || change == desk.MessageWithdrawn
}

// recordChange records in the audit log what the courier did with a message.
func recordChange(tx *store.Tx, m store.Message, change desk.AddressChange) {
	tx.RecordAudit(store.AuditEntry{Terminal: store.AuditCourier, Flow: store.AuditCourier, Step: "send", Outcome: string(change), Customer: m.Customer})
}

// logFailure logs a failure of the store, and returns an error that also says which action failed.
func (w *worker) logFailure(ctx context.Context, what string, err error) error {
	if ctx.Err() == nil {
		w.outages++
		w.Log.Error("the outbox cannot be used", "channel", w.channel, "error", err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// updateMessages calls do for all messages in one transaction, even if ctx is done.
func (w *worker) updateMessages(ctx context.Context, messages []claimedMessage, do func(*store.Tx, claimedMessage)) error {
	if len(messages) == 0 {
		return nil
	}
	return w.Store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		for _, m := range messages {
			do(tx, m)
		}
		return nil
	})
}

// countResult counts a result, and reports it to the observer.
func (w *worker) countResult(result Result) {
	switch result {
	case ResultSent:
		w.resultCount.Sent++
	case ResultFailed:
		w.resultCount.Failed++
	case ResultDead:
		w.resultCount.Dead++
	}
	if w.Observer != nil {
		w.Observer.ObserveResult(w.channel, result)
	}
}

// wouldPassGiveUp reports whether more than Settings.GiveUp will have passed since began, after another wait. It returns false
// while the clock may be wrong.
func (w *worker) wouldPassGiveUp(began time.Time, wait time.Duration) bool {
	return w.Clock.IsPlausible() && w.Clock.ReferenceNow().Add(wait).Sub(began) > w.Settings.GiveUp
}

func (w *worker) giveUpReason(why string) string {
	return fmt.Sprintf("given up after %v: %s", w.Settings.GiveUp, why)
}
