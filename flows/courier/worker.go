package courier

import (
	"context"
	"fmt"
	"time"

	"loket/flows/courier/delivery"
	"loket/flows/desk"
	"loket/store"
)

// A worker carries messages over one line of a channel.
type worker struct {
	*Courier
	carrier  delivery.Carrier
	channel  store.Channel
	receipts *receipts

	line    delivery.Session // nil while none is open
	flows   bool             // a message was taken, or refused, since the channel failed last
	broken  []string         // the messages over which a line broke since then, without a pause
	wiped   bool             // something was wiped that the engine may still have below
	refused refusals         // since the channel last took a message
	outages int              // in a row
	answers int              // sent or refused so far
	tally   ResultCount
}

func newWorker(c *Courier, channel store.Channel, carrier delivery.Carrier, n int) *worker {
	return &worker{Courier: c, carrier: carrier, channel: channel, receipts: newReceipts(c.Receipts, n)}
}

// claimed is a message that was taken, and its turn.
type claimed struct {
	store.Message
	turn store.DueEntry
}

// openSession opens a line unless one is open.
func (w *worker) openSession(ctx context.Context) (err error) {
	if w.line != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, w.Settings.Answer)
	defer cancel()
	line, err := w.carrier.Open(ctx)
	if err == nil {
		w.line = line
	}
	return err
}

func (w *worker) closeSession() {
	if w.line != nil {
		w.line.Close()
		w.line = nil
	}
}

// listDue lists the first turns that come by then, and when the one after them comes.
func (w *worker) listDue(ctx context.Context, then time.Time) (turns []store.DueEntry, next time.Time, err error) {
	err = w.Store.View(ctx, func(tx *store.Tx) error {
		turns, next = nil, time.Time{}
		for t := range tx.Schedule(w.channel) {
			if t.At.After(then) || len(turns) == batchSize {
				next = t.At
				return nil
			}
			turns = append(turns, t)
		}
		return nil
	})
	return turns, next, err
}

// bound has messages that are due later than any wait lasts be due within it: a clock
// that was ahead put them off.
func (w *worker) bound(ctx context.Context) error {
	longest := max(w.Settings.LastWait, w.Settings.Lease)
	var late []store.DueEntry
	err := w.Store.View(ctx, func(tx *store.Tx) error {
		late = tx.DueAfter(w.channel, tx.Now.Add(longest), batchSize)
		return nil
	})
	if err != nil || len(late) == 0 {
		return err
	}
	return w.Store.Update(ctx, func(tx *store.Tx) error {
		for _, t := range late {
			tx.DueBy(w.channel, t, tx.Now.Add(longest))
		}
		return nil
	})
}

// claim takes the messages whose turns these are, but for those that others took.
func (w *worker) claim(ctx context.Context, turns []store.DueEntry) (hand []claimed, err error) {
	err = w.Store.Update(ctx, func(tx *store.Tx) error {
		hand = nil
		for _, t := range turns {
			if w.withdraw(tx, t) {
				continue
			}
			if m, taken := tx.TakeMessage(w.channel, t, tx.Now.Add(w.Settings.Lease)); taken {
				hand = append(hand, claimed{m, t})
			}
		}
		return nil
	})
	return hand, err
}

// withdraw takes a message out of the outbox that may not go to its customer any more: since it
// was put there they died, say. It reports whether it did.
func (w *worker) withdraw(tx *store.Tx, t store.DueEntry) bool {
	m, found := tx.Message(t.Message)
	if !found || desk.MayReceive(tx, m.Customer, m.Template) || !tx.DropMessage(m.ID) {
		return false
	}
	tx.RecordAudit(store.AuditEntry{Terminal: "courier", Flow: "courier", Step: "send", Outcome: "message withdrawn", Customer: m.Customer})
	return true
}

// logFailure tells of a failure of the store.
func (w *worker) logFailure(ctx context.Context, what string, err error) error {
	if ctx.Err() == nil {
		w.outages++
		w.Log.Error("the outbox cannot be used", "channel", w.channel, "error", err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// updateEach does something with each message, whether or not ctx is done.
func (w *worker) updateEach(ctx context.Context, hand []claimed, do func(*store.Tx, claimed)) error {
	if len(hand) == 0 {
		return nil
	}
	return w.Store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		for _, m := range hand {
			do(tx, m)
		}
		return nil
	})
}

// countResult adds to the tally, and tells the observer.
func (w *worker) countResult(result Result) {
	switch result {
	case Sent:
		w.tally.Sent++
	case Failed:
		w.tally.Failed++
	case Dead:
		w.tally.Dead++
	}
	if w.Observer != nil {
		w.Observer.Tried(w.channel, result)
	}
}

// tooLong reports whether what began at an instant will have gone on for too long after
// a wait. A clock that is not believed gives nothing up.
func (w *worker) tooLong(began time.Time, wait time.Duration) bool {
	return w.Clock.Believed() && w.Clock.Moment().Add(wait).Sub(began) > w.Settings.GiveUp
}

func (w *worker) giveUpReason(why string) string {
	return fmt.Sprintf("given up after %v: %s", w.Settings.GiveUp, why)
}
