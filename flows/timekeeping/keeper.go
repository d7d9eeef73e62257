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

	lastKept   time.Time // when it last stored the moment, by the monotonic clock; zero before that
	resetCount int       // how often the moment that the clock is anchored at was set back
}

// minAdvance is how far the believed moment advances before it is stored again: a
// process that ends loses at most this, and a store without visitors hardly changes.
const minAdvance = 10 * time.Minute

// New returns a keeper that has not stored anything yet.
func New(s *store.Store, c *clock.Clock) *Keeper { return &Keeper{store: s, clock: c} }

// AnchorClock anchors a clock at the believed moment of a store, and stores nothing. A store
// that no desk has opened yet believes the clock.
func AnchorClock(ctx context.Context, s *store.Store, c *clock.Clock) error {
	k := New(s, c)
	return k.anchorFromStore(ctx, func(tx *store.Tx) store.MomentRecord {
		r, known := tx.Moment()
		if !known || c.IsSynchronised() {
			r.Moment = c.MachineNow()
		}
		return r
	})
}

// UpdateMoment advances the believed moment, stores it if that is worth it, and anchors the clock
// at it. It reports whether a clock was ahead of what this one says now, because end
// times that it stored may be too late.
func (k *Keeper) UpdateMoment(ctx context.Context) (wentBack bool, err error) {
	worth := false
	err = k.anchorFromStore(ctx, func(tx *store.Tx) store.MomentRecord {
		before, known := tx.Moment()
		after := k.nextRecord(before, known)
		wentBack = wasClockAhead(before, k.clock.Now())
		worth = k.lastKept.IsZero() || !known || differEnough(before, after)
		return after
	})
	if err != nil || !worth {
		return wentBack, err
	}
	return wentBack, k.update(ctx, func(tx *store.Tx) store.MomentRecord { return k.nextRecord(tx.Moment()) })
}

// IsSettled reports whether the believed moment was proven right: the kernel vouches for
// the clock or did so before, an operator accepted it, or a desk was open for a day.
func IsSettled(ctx context.Context, s *store.Store, c *clock.Clock) (settled bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.Moment()
		settled = r.ProvenFor >= SettleTime || c.IsSynchronised()
		return nil
	})
	return settled, err
}

// AcceptClock makes the clock of the machine believed, because an operator says so. It calls
// note in the same transaction.
func AcceptClock(ctx context.Context, s *store.Store, c *clock.Clock, note func(*store.Tx)) error {
	k := New(s, c)
	return k.update(ctx, func(tx *store.Tx) store.MomentRecord {
		r, _ := tx.Moment()
		note(tx)
		return setMoment(r, c.MachineNow().UTC(), true)
	})
}

// wasClockAhead reports whether r has a later time than now.
func wasClockAhead(r store.MomentRecord, now time.Time) bool {
	later := now.Add(clock.MaxBehind)
	return r.Moment.After(later) || r.Trial.ClockTime.After(later)
}

// nextRecord returns the record after r, by what this process observes.
func (k *Keeper) nextRecord(r store.MomentRecord, known bool) store.MomentRecord {
	s := observation{clockTime: k.clock.MachineNow().UTC(), moment: k.clock.ReferenceNow().UTC(), kernelVouches: k.clock.IsSynchronised()}
	if r.ResetCount > k.resetCount || k.lastKept.IsZero() {
		s.moment = r.Moment // what was measured before belongs to a moment that was set back
	}
	if !k.lastKept.IsZero() {
		s.elapsed = time.Since(k.lastKept)
	}
	return advanceRecord(r, known, s)
}

// anchorFromStore anchors the clock at the record that of returns.
func (k *Keeper) anchorFromStore(ctx context.Context, of func(*store.Tx) store.MomentRecord) (err error) {
	var found store.MomentRecord
	if err := k.store.View(ctx, func(tx *store.Tx) error { found = of(tx); return nil }); err != nil {
		return fmt.Errorf("look what time is believed: %w", err)
	}
	k.anchorClock(found)
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
	k.lastKept = clock.MonotonicNow()
	k.anchorClock(kept)
	return nil
}

func (k *Keeper) anchorClock(r store.MomentRecord) {
	k.resetCount = r.ResetCount
	k.clock.SetReference(r.Moment)
}

// differEnough reports whether the record changed enough to be stored.
func differEnough(before, after store.MomentRecord) bool {
	return after.ResetCount != before.ResetCount || after.Moment.Sub(before.Moment) >= minAdvance ||
		after.Trial.ClockTime.IsZero() != before.Trial.ClockTime.IsZero() || after.Trial.ClockTime.Sub(before.Trial.ClockTime).Abs() >= minAdvance
}
