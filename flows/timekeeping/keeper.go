package timekeeping

import (
	"context"
	"fmt"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// Keeper moves the believed moment of a store on, for a process that has it open.
type Keeper struct {
	store *store.Store
	clock *clock.Clock

	kept  time.Time // when it last kept anything, by the monotonic clock; zero before
	reset int       // how often the moment that the clock is anchored at was put back
}

// worthKeeping is how far the believed moment moves on until that is kept: a process
// that ends loses no more, and a store that nobody visits hardly changes.
const worthKeeping = 10 * time.Minute

// New returns a keeper that has kept nothing yet.
func New(s *store.Store, c *clock.Clock) *Keeper { return &Keeper{store: s, clock: c} }

// Anchor has a clock judged by what a store believes, and keeps nothing. A store that no
// desk has opened yet believes it.
func Anchor(ctx context.Context, s *store.Store, c *clock.Clock) error {
	k := New(s, c)
	return k.look(ctx, func(tx *store.Tx) store.MomentRecord {
		r, known := tx.Moment()
		if !known || c.Vouched() {
			r.Moment = c.Machine()
		}
		return r
	})
}

// Keep looks at the clock, moves the believed moment on, and anchors the clock at that. It
// reports whether a clock was ahead of what this one says now: what it stored may end
// too late.
func (k *Keeper) Keep(ctx context.Context) (wentBack bool, err error) {
	worth := false
	err = k.look(ctx, func(tx *store.Tx) store.MomentRecord {
		before, known := tx.Moment()
		after := k.next(before, known)
		wentBack = wasAhead(before, k.clock.Now())
		worth = k.kept.IsZero() || !known || differ(before, after)
		return after
	})
	if err != nil || !worth {
		return wentBack, err
	}
	return wentBack, k.update(ctx, func(tx *store.Tx) store.MomentRecord { return k.next(tx.Moment()) })
}

// Settled reports whether what is believed was shown to be right: by whoever vouches for
// the clock now or did so before, by an operator, or by a desk that was open for a day.
func Settled(ctx context.Context, s *store.Store, c *clock.Clock) (settled bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.Moment()
		settled = r.Shown >= ToSettle || c.Vouched()
		return nil
	})
	return settled, err
}

// Accept believes the clock of the machine from now on, because an operator says so, and
// has the same transaction do what note does.
func Accept(ctx context.Context, s *store.Store, c *clock.Clock, note func(*store.Tx)) error {
	k := New(s, c)
	return k.update(ctx, func(tx *store.Tx) store.MomentRecord {
		r, _ := tx.Moment()
		note(tx)
		return set(r, c.Machine().UTC(), true)
	})
}

// wasAhead reports whether somebody went by a later time than now.
func wasAhead(r store.MomentRecord, now time.Time) bool {
	later := now.Add(clock.MostBehind)
	return r.Moment.After(later) || r.Trial.Says.After(later)
}

// next is what is believed after r by what the process sees.
func (k *Keeper) next(r store.MomentRecord, known bool) store.MomentRecord {
	s := seen{says: k.clock.Machine().UTC(), moment: k.clock.Moment().UTC(), vouched: k.clock.Vouched()}
	if r.Reset > k.reset || k.kept.IsZero() {
		s.moment = r.Moment // what was measured before counts for a moment that is no more
	}
	if !k.kept.IsZero() {
		s.ran = time.Since(k.kept)
	}
	return next(r, known, s)
}

// look anchors the clock at what of finds in the store.
func (k *Keeper) look(ctx context.Context, of func(*store.Tx) store.MomentRecord) (err error) {
	var found store.MomentRecord
	if err := k.store.View(ctx, func(tx *store.Tx) error { found = of(tx); return nil }); err != nil {
		return fmt.Errorf("look what time is believed: %w", err)
	}
	k.anchor(found)
	return nil
}

// update keeps what of makes of the store, and anchors the clock at that.
func (k *Keeper) update(ctx context.Context, of func(*store.Tx) store.MomentRecord) error {
	var kept store.MomentRecord
	if err := k.store.Update(ctx, func(tx *store.Tx) error {
		kept = of(tx)
		tx.PutMoment(kept)
		return nil
	}); err != nil {
		return fmt.Errorf("keep what time is believed: %w", err)
	}
	k.kept = clock.Mark()
	k.anchor(kept)
	return nil
}

func (k *Keeper) anchor(r store.MomentRecord) {
	k.reset = r.Reset
	k.clock.Anchor(r.Moment)
}

// differ reports whether what is believed changed enough to be kept.
func differ(before, after store.MomentRecord) bool {
	return after.Reset != before.Reset || after.Moment.Sub(before.Moment) >= worthKeeping ||
		after.Trial.Says.IsZero() != before.Trial.Says.IsZero() || after.Trial.Says.Sub(before.Trial.Says).Abs() >= worthKeeping
}
