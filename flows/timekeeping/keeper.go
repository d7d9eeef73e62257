package timekeeping

import (
	"context"
	"fmt"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// Keeper advances the believed moment of a store, for a process that has it open.
type Keeper struct {
	store *store.Store
	clock *clock.Clock

	kept  time.Time // when it last stored the moment, by the monotonic clock; zero before that
	reset int       // how often the moment that the clock is anchored at was set back
}

// worthKeeping is how far the believed moment advances before it is stored again: a
// process that ends loses at most this, and a store without visitors hardly changes.
const worthKeeping = 10 * time.Minute

// New returns a keeper that has not stored anything yet.
func New(s *store.Store, c *clock.Clock) *Keeper { return &Keeper{store: s, clock: c} }

// Anchor anchors a clock at the believed moment of a store, and stores nothing. A store
// that no desk has opened yet believes the clock.
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

// Keep advances the believed moment, stores it if that is worth it, and anchors the clock
// at it. It reports whether a clock was ahead of what this one says now, because end
// times that it stored may be too late.
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

// Settled reports whether the believed moment was proven right: the kernel vouches for
// the clock or did so before, an operator accepted it, or a desk was open for a day.
func Settled(ctx context.Context, s *store.Store, c *clock.Clock) (settled bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.Moment()
		settled = r.Shown >= ToSettle || c.Vouched()
		return nil
	})
	return settled, err
}

// Accept makes the clock of the machine believed, because an operator says so. It calls
// note in the same transaction.
func Accept(ctx context.Context, s *store.Store, c *clock.Clock, note func(*store.Tx)) error {
	k := New(s, c)
	return k.update(ctx, func(tx *store.Tx) store.MomentRecord {
		r, _ := tx.Moment()
		note(tx)
		return set(r, c.Machine().UTC(), true)
	})
}

// wasAhead reports whether r has a later time than now.
func wasAhead(r store.MomentRecord, now time.Time) bool {
	later := now.Add(clock.MostBehind)
	return r.Moment.After(later) || r.Trial.Says.After(later)
}

// next returns the record after r, by what this process observes.
func (k *Keeper) next(r store.MomentRecord, known bool) store.MomentRecord {
	s := seen{says: k.clock.Machine().UTC(), moment: k.clock.Moment().UTC(), vouched: k.clock.Vouched()}
	if r.Reset > k.reset || k.kept.IsZero() {
		s.moment = r.Moment // what was measured before belongs to a moment that was set back
	}
	if !k.kept.IsZero() {
		s.ran = time.Since(k.kept)
	}
	return next(r, known, s)
}

// look anchors the clock at the record that of returns.
func (k *Keeper) look(ctx context.Context, of func(*store.Tx) store.MomentRecord) (err error) {
	var found store.MomentRecord
	if err := k.store.View(ctx, func(tx *store.Tx) error { found = of(tx); return nil }); err != nil {
		return fmt.Errorf("look what time is believed: %w", err)
	}
	k.anchor(found)
	return nil
}

// update stores the record that of returns, and anchors the clock at it.
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

// differ reports whether the record changed enough to be stored.
func differ(before, after store.MomentRecord) bool {
	return after.Reset != before.Reset || after.Moment.Sub(before.Moment) >= worthKeeping ||
		after.Trial.Says.IsZero() != before.Trial.Says.IsZero() || after.Trial.Says.Sub(before.Trial.Says).Abs() >= worthKeeping
}
