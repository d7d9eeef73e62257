package courier

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/store"
	"loket/store/parallel"
)

// brokenOff is trouble with the channel in the midst of a handful.
type brokenOff struct {
	why  error
	over string // the ID of the message that may be the cause; empty if none can be
}

func (b *brokenOff) Error() string { return b.why.Error() }

// sparing is trouble with the channel that no message can be the cause of.
type sparing struct{ error }

func (s *sparing) Unwrap() error { return s.error }

// carry has messages leave, and returns when the store knows what came of them.
func (r *route) carry(ctx context.Context, hand []inHand) error {
	kept := r.keep(ctx)
	done, err := r.leave(ctx, hand, kept)
	stored := kept.wait()
	if stored == nil {
		stored = r.receipts.clear()
	}
	if stored == nil {
		stored = r.handBack(ctx, hand[done:])
	}
	if stored != nil {
		r.hangUp()
		return stored
	}
	return err
}

// leave has messages leave one after the other, and tells how many it is done
// with. Before one leaves there is a receipt of the one before, or else the store
// knows of it: so at most one leaves again after this process was killed.
func (r *route) leave(ctx context.Context, hand []inHand, kept *keeping) (done int, err error) {
	for w := range parallel.Map(ctx, writtenAhead, slices.Values(hand), r.written) {
		m := hand[done]
		if ctx.Err() != nil || m.Due.Sub(r.Clock.Now()) < r.Settings.Answer {
			return done, nil
		}
		err := r.over(ctx, m, w)
		refused, is := errors.AsType[*refusal](err)
		broken := err != nil && !is
		if _, spared := errors.AsType[*sparing](err); broken && (spared || ctx.Err() != nil) { // then for want of time
			return done, &brokenOff{why: err}
		}
		done++
		outcome := r.outcome(m, refused, err)
		if err == nil && r.receipts.note(m.ID) != nil {
			err = r.commit(ctx, outcome)
		} else {
			kept.add(outcome)
		}
		switch {
		case broken:
			return done, &brokenOff{err, m.ID}
		case !is && err != nil:
			return done, err
		}
	}
	return done, nil
}

// over has m leave over the line.
func (r *route) over(ctx context.Context, m inHand, w written) error {
	if w.err != nil {
		return &refusal{w.err.Error(), true}
	}
	leave, err := r.line.load(ctx, m.Message, w.text)
	if err != nil {
		return err
	}
	return leave()
}

// written is what a message was written as, or why it could not be.
type written struct {
	text []byte
	err  error
}

// writtenAhead is how many messages are written while another one leaves.
const writtenAhead = 4

// written writes m. One that makes a library panic would otherwise do so each
// time that loket is started.
func (r *route) written(m inHand) (w written) {
	defer func() {
		if recover() != nil {
			w = written{err: fmt.Errorf("write %q: it makes no sense", m.Template)}
		}
	}()
	text, err := r.carrier.write(m.Message)
	return written{text, err}
}

// commit tells the store at once what came of a message.
func (r *route) commit(ctx context.Context, outcome func(*store.Tx)) error {
	return r.Store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		outcome(tx)
		return nil
	})
}

// handBack undoes taking messages.
func (r *route) handBack(ctx context.Context, hand []inHand) error {
	return r.update(ctx, hand, func(tx *store.Tx, m inHand) { tx.HandBack(m.Message, m.turn.At) })
}

// update does something with each message, whether or not ctx is done.
func (r *route) update(ctx context.Context, hand []inHand, do func(*store.Tx, inHand)) error {
	if len(hand) == 0 {
		return nil
	}
	return r.Store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		for _, m := range hand {
			do(tx, m)
		}
		return nil
	})
}

// outcome decides what is kept of what came of m: err, which is refused if it is
// trouble with the message itself. A message over which the channel broke waits
// as well, so that it does not hold up the others should it be what breaks it.
func (r *route) outcome(m inHand, refused *refusal, err error) func(*store.Tx) {
	log := r.Log.With("message", m.ID, "channel", m.Channel, "template", m.Template, "tries", m.Attempts+1)
	flows := r.flows
	if err == nil || refused != nil {
		r.flows, r.outages, r.broken = true, 0, nil
		r.answers++
	}
	ended := r.flows && !flows
	why := sentence(err)
	again := r.Clock.Now().Add(r.Settings.wait(m.Message))
	var keep func(*store.Tx)
	switch {
	case err == nil:
		r.counts(Sent)
		r.wiped = true
		log.Debug("message sent")
		keep = func(tx *store.Tx) { tx.MarkSent(m.Message) }
	case refused != nil && refused.forGood:
		r.counts(Dead)
		log.Error("message dead", "trouble", why)
		keep = func(tx *store.Tx) { tx.MarkDead(m.Message, why) }
	case again.Sub(m.Tried) > r.Settings.GiveUp:
		r.counts(Dead)
		why = r.givenUp(why)
		log.Error("message dead", "trouble", why)
		keep = func(tx *store.Tx) { tx.MarkDead(m.Message, why) }
	default:
		r.counts(Failed)
		log.Warn("message waits", "trouble", why, "again", again)
		keep = func(tx *store.Tx) { tx.MarkFailed(m.Message, why, again) }
	}
	return func(tx *store.Tx) {
		keep(tx)
		if ended {
			tx.EndOutage(r.channel)
		}
	}
}

func (r *route) givenUp(why string) string {
	return fmt.Sprintf("given up after %v: %s", r.Settings.GiveUp, why)
}
