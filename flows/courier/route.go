package courier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"loket/store"
	"loket/store/kvdb"
)

// A carrier opens lines over which messages leave. What keeps it from that is
// trouble with the channel.
type carrier interface {
	open(ctx context.Context) (line, error)

	// write makes of a message what leaves. What cannot be made now cannot be made
	// later: an error is why, and tells neither address nor fact.
	write(m store.Message) ([]byte, error)
}

// A line takes one message after the other.
type line interface {
	// load does everything for a message, which was written as text, but the last
	// step, after which it has left; before, nothing has happened. When ctx is
	// done, both hurry. An error is a *refusal or trouble with the channel, *sparing
	// m.
	load(ctx context.Context, m store.Message, text []byte) (leave func() error, err error)

	// close gives up what was loaded and did not leave.
	close()
}

// A route is the loop of one line of a channel.
type route struct {
	*Courier
	carrier  carrier
	channel  store.Channel
	receipts *receipts

	line    line     // nil while there is none
	flows   bool     // a message was taken, or refused, since the last trouble with the channel
	broken  []string // the messages over which a line broke since then, without a pause
	wiped   bool     // something was wiped that the engine may still have below
	outages int      // in a row
	answers int      // sent or refused so far
	tally   Tally
}

// inHand is a message that was taken, and its turn.
type inHand struct {
	store.Message
	turn store.DueEntry
}

// handful is how many messages are taken at once. Each takes one read and three
// writes (kvdb.MaxKeys).
const handful = 32

// run carries what is due, oldest first, until ctx is done.
func (r *route) run(ctx context.Context) {
	defer r.atLast(ctx)
	for ctx.Err() == nil {
		more, next, err := r.round(ctx, r.Clock.Now())
		switch {
		case err != nil:
			pause(ctx, r.Settings.outageWait(r.outages))
		case !more:
			r.hangUp()
			r.scrub(ctx)
			r.broken = nil
			r.await(ctx, next)
		}
	}
}

// once carries what was due by then. It goes on after trouble with the channel
// as long as that lets something through in between, or there may be more that
// is not in the same trouble. The error is that of an outage that did not end.
func (r *route) once(ctx context.Context, then time.Time) (Tally, error) {
	defer r.atLast(ctx)
	var outage error
	for ctx.Err() == nil {
		before := r.answers
		more, _, err := r.round(ctx, then)
		answered := r.answers > before
		switch {
		case err != nil && !more && !answered:
			return r.tally, err
		case err != nil:
			outage = err
		case !more:
			return r.tally, outage
		case answered:
			outage = nil
		}
	}
	return r.tally, ctx.Err()
}

// atLast leaves nothing behind, as far as it can.
func (r *route) atLast(ctx context.Context) {
	r.hangUp()
	r.receipts.close()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Settings.Stop)
	defer cancel()
	r.scrub(ctx)
}

// scrub has the engine let go of what messages told that were sent meanwhile. Who reads may keep it from that for a while.
func (r *route) scrub(ctx context.Context) {
	if !r.wiped {
		return
	}
	err := r.Store.Scrub(ctx)
	r.wiped = err != nil
	if err != nil && !errors.Is(err, kvdb.ErrBusy) && ctx.Err() == nil {
		r.Log.Error("what was sent may still be read in the file", "error", err)
	}
}

// pause leaves in peace what does not work.
func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// await waits until the next message is due or something is posted, and now and
// then looks for what other processes posted.
func (r *route) await(ctx context.Context, next time.Time) {
	wait := r.Settings.Poll
	if !next.IsZero() {
		wait = min(wait, max(next.Sub(r.Clock.Now()), 0))
	}
	select {
	case <-r.Store.Posted(r.channel):
	case <-time.After(wait):
	case <-ctx.Done():
	}
}

// round carries a handful of what is due by then. It tells whether there may be
// more, which may leave in spite of an error, or else when the next message is
// due, if there is one.
func (r *route) round(ctx context.Context, then time.Time) (more bool, next time.Time, err error) {
	if err := r.receipts.settle(ctx, r.Store); err != nil {
		return false, next, r.failed(ctx, "mark messages as sent", err)
	}
	turns, next, err := r.due(ctx, then)
	if err != nil {
		return false, next, r.failed(ctx, "look into the outbox", err)
	}
	if len(turns) == 0 {
		return false, next, nil
	}
	if err := r.dial(ctx); err != nil {
		return false, next, r.outage(ctx, err)
	}
	hand, err := r.take(ctx, turns)
	if err != nil {
		return false, next, r.failed(ctx, "take messages", err)
	}
	err = r.carry(ctx, hand)
	if broken, is := errors.AsType[*brokenOff](err); is {
		more, err = r.broke(ctx, broken)
		return more, next, err
	}
	if err != nil {
		return false, next, r.failed(ctx, "keep what came of messages", err)
	}
	return true, next, nil
}

// dial opens a line unless one is open.
func (r *route) dial(ctx context.Context) (err error) {
	if r.line != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.Settings.Answer)
	defer cancel()
	line, err := r.carrier.open(ctx)
	if err == nil {
		r.line = line
	}
	return err
}

func (r *route) hangUp() {
	if r.line != nil {
		r.line.close()
		r.line = nil
	}
}

// due lists the first turns that come by then, and when the one after them comes.
func (r *route) due(ctx context.Context, then time.Time) (turns []store.DueEntry, next time.Time, err error) {
	err = r.Store.View(ctx, func(tx *store.Tx) error {
		turns, next = nil, time.Time{}
		for t := range tx.Schedule(r.channel) {
			if t.At.After(then) || len(turns) == handful {
				next = t.At
				return nil
			}
			turns = append(turns, t)
		}
		return nil
	})
	return turns, next, err
}

// take takes the messages whose turns these are, but for those that others took.
func (r *route) take(ctx context.Context, turns []store.DueEntry) (hand []inHand, err error) {
	err = r.Store.Update(ctx, func(tx *store.Tx) error {
		hand = nil
		for _, t := range turns {
			if m, taken := tx.TakeMessage(r.channel, t, tx.Now.Add(r.Settings.Lease)); taken {
				hand = append(hand, inHand{m, t})
			}
		}
		return nil
	})
	return hand, err
}

// failed tells of trouble with the store.
func (r *route) failed(ctx context.Context, what string, err error) error {
	if ctx.Err() == nil {
		r.outages++
		r.Log.Error("the outbox cannot be used", "channel", r.channel, "error", err)
	}
	return fmt.Errorf("%s: %w", what, err)
}
