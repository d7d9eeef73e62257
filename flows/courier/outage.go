package courier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"loket/store"
)

// several is how many messages in a row a line must break over, with nothing
// answered in between, before the channel is blamed rather than each of them.
const several = 3

// broke decides what comes of a line that broke: messages go on over a new one,
// or the channel is in an outage. It tells whether there may be more that leaves.
func (r *route) broke(ctx context.Context, b *brokenOff) (more bool, err error) {
	r.hangUp()
	flowed := r.flows
	r.flows = false
	if b.over == "" {
		if flowed { // so far; some servers take only so many at a time
			return true, nil
		}
		return false, r.outage(ctx, b.why)
	}
	if !slices.Contains(r.broken, b.over) {
		r.broken = append(r.broken, b.over)
	}
	if len(r.broken) < several {
		return true, nil
	}
	r.broken, r.outages = nil, 0 // lines do open: others wait no longer than the first time
	return !errors.Is(b.why, os.ErrDeadlineExceeded), r.outage(ctx, b.why)
}

// outage keeps that the channel does not work, and gives up what has waited for
// it too long.
func (r *route) outage(ctx context.Context, cause error) error {
	r.hangUp()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	r.outages++
	r.flows = false
	r.counts(Outage)
	why := sentence(cause)
	r.Log.Warn("no message leaves", "channel", r.channel, "trouble", why, "again in", r.Settings.outageWait(r.outages))
	var since time.Time
	if err := r.Store.Update(ctx, func(tx *store.Tx) error {
		o, found := tx.Outage(r.channel)
		if !found || tx.Now.Sub(o.Last) > r.Settings.LastOutage+r.Settings.Answer+r.Settings.Poll {
			o.Since = tx.Now // nobody tried for a while
		}
		o.Last, o.Trouble, since = tx.Now, why, o.Since
		tx.PutOutage(r.channel, o)
		return nil
	}); err != nil {
		return r.failed(ctx, "keep an outage", err)
	}
	if tooLong := r.Clock.Now().Add(-r.Settings.GiveUp); !since.After(tooLong) {
		if err := r.giveUp(ctx, tooLong, why); err != nil {
			return r.failed(ctx, "give up messages", err)
		}
	}
	return fmt.Errorf("%s: %s", r.channel, why)
}

// giveUp gives up all that was due by then.
func (r *route) giveUp(ctx context.Context, then time.Time, why string) error {
	for {
		turns, _, err := r.due(ctx, then)
		if err != nil || len(turns) == 0 {
			return err
		}
		hand, err := r.take(ctx, turns)
		if err != nil {
			return err
		}
		if err := r.update(ctx, hand, func(tx *store.Tx, m inHand) { tx.MarkDead(m.Message, r.givenUp(why)) }); err != nil {
			return err
		}
		for _, m := range hand {
			r.counts(Dead)
			r.Log.Error("message dead", "message", m.ID, "channel", m.Channel, "template", m.Template, "trouble", r.givenUp(why))
		}
	}
}
