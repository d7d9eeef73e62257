package courier

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/courier/delivery"
	"loket/store"
)

// mostUnclear is how often a message leaves of which nobody knows whether it arrived.
// It may have each time.
const mostUnclear = 6

// outcome decides what is kept of what came of m: err, which is refused if it is
// a failure of the message itself. A message over which the channel broke waits
// as well, so that it does not hold up the others should it be what breaks it.
func (w *worker) outcome(m claimed, refused *delivery.Refusal, err error) func(*store.Tx) {
	flows := w.flows
	if err == nil || refused != nil {
		w.broken = nil
		w.answers++
	}
	if err == nil || refused != nil && (refused.ForGood || !refused.Replied) { // else the channel may be to blame
		w.flows, w.outages = true, 0
	}
	ended := w.flows && !flows
	keep := w.kept(m, refused, err)
	return func(tx *store.Tx) {
		keep(tx)
		if ended {
			tx.EndOutage(w.channel)
		}
	}
}

// kept counts and logs what came of m, and returns what is kept of that.
func (w *worker) kept(m claimed, refused *delivery.Refusal, err error) func(*store.Tx) {
	log := w.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	why := delivery.Sentence(err)
	wait := w.Settings.wait(m.Message)
	again := w.Clock.Now().Add(wait)
	_, unclear := errors.AsType[*delivery.UnclearError](err)
	dead := refused != nil && refused.ForGood
	switch {
	case dead:
	case unclear && m.Unclear+1 >= mostUnclear:
		dead, why = true, fmt.Sprintf("given up after it left %d times: %s", mostUnclear, why)
	case err != nil && w.tooLong(m.Tried, wait):
		dead, why = true, w.givenUp(why)
	}
	switch {
	case err == nil:
		w.counts(Sent)
		w.wiped = true
		log.Debug("message sent")
		return func(tx *store.Tx) { tx.MarkSent(m.Message) }
	case dead:
		w.counts(Dead)
		log.Error("message dead", "trouble", why)
		return func(tx *store.Tx) { tx.MarkDead(m.Message, why) }
	case unclear:
		w.counts(Failed)
		log.Warn("message may have arrived, and leaves again", "trouble", why, "again", again)
		return func(tx *store.Tx) { tx.MarkUnclear(m.Message, why, again) }
	}
	w.counts(Failed)
	log.Warn("message waits", "trouble", why, "again", again)
	return func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }
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
