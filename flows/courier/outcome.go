package courier

import (
	"context"

	"loket/flows/courier/delivery"
	"loket/store"
)

// outcome decides what is kept of what came of m: err, which is refused if it is
// a failure of the message itself. A message over which the channel broke waits
// as well, so that it does not hold up the others should it be what breaks it.
func (w *worker) outcome(m claimed, refused *delivery.Refusal, err error) func(*store.Tx) {
	log := w.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	flows := w.flows
	if err == nil || refused != nil {
		w.flows, w.outages, w.broken = true, 0, nil
		w.answers++
	}
	ended := w.flows && !flows
	why := delivery.Sentence(err)
	wait := w.Settings.wait(m.Message)
	again := w.Clock.Now().Add(wait)
	var keep func(*store.Tx)
	switch {
	case err == nil:
		w.counts(Sent)
		w.wiped = true
		log.Debug("message sent")
		keep = func(tx *store.Tx) { tx.MarkSent(m.Message) }
	case refused != nil && refused.ForGood:
		w.counts(Dead)
		log.Error("message dead", "trouble", why)
		keep = func(tx *store.Tx) { tx.MarkDead(m.Message, why) }
	case w.tooLong(m.Tried, wait):
		w.counts(Dead)
		why = w.givenUp(why)
		log.Error("message dead", "trouble", why)
		keep = func(tx *store.Tx) { tx.MarkDead(m.Message, why) }
	default:
		w.counts(Failed)
		log.Warn("message waits", "trouble", why, "again", again)
		keep = func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }
	}
	return func(tx *store.Tx) {
		keep(tx)
		if ended {
			tx.EndOutage(w.channel)
		}
	}
}

// commit tells the store at once what came of a message.
func (w *worker) commit(ctx context.Context, outcome func(*store.Tx)) error {
	return w.Store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		outcome(tx)
		return nil
	})
}

// handBack undoes taking messages.
func (w *worker) handBack(ctx context.Context, hand []claimed) error {
	return w.update(ctx, hand, func(tx *store.Tx, m claimed) { tx.HandBack(m.Message, m.turn.At) })
}
