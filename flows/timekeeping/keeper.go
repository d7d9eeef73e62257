package timekeeping

import (
	"context"
	"fmt"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// A MomentKeeper advances the believed moment of a store for a process that has the store open.
type MomentKeeper struct {
	store *store.Store
	clock *clock.Clock

	// lastStored is when the keeper last stored the believed moment, by the monotonic clock; zero before the first time.
	lastStored time.Time
	resetCount int // resetCount counts how often the believed moment had been set back when the clock was last anchored.
}

// minStoredAdvance is how far the believed moment advances before it is stored again. A process that ends loses at most this much,
// and a store without visitors hardly changes.
const minStoredAdvance = 10 * time.Minute

// New returns a keeper that has not stored anything yet.
func New(s *store.Store, c *clock.Clock) *MomentKeeper { return &MomentKeeper{store: s, clock: c} }

// AnchorClock anchors a clock at the believed moment of a store, without storing anything. If no desk has opened the store
// yet, the machine's clock is believed.
func AnchorClock(ctx context.Context, s *store.Store, c *clock.Clock) error {
	k := New(s, c)
	return k.anchorFromStore(ctx, func(tx *store.Tx) store.BelievedMomentRecord {
		r, known := tx.BelievedMoment()
		if !known || c.IsSynchronised() {
			r.Moment = c.MachineNow()
		}
		return r
	})
}

// UpdateBelievedMoment advances the believed moment, stores it if it has changed enough, and anchors the clock at it. It reports
// whether the stored record has a later time than now, which means that a clock was ahead and may have stored end times that
// are too late.
func (k *MomentKeeper) UpdateBelievedMoment(ctx context.Context) (wentBack bool, err error) {
	worth := false
	err = k.anchorFromStore(ctx, func(tx *store.Tx) store.BelievedMomentRecord {
		before, known := tx.BelievedMoment()
		after := k.nextRecord(before, known)
		wentBack = wasClockAhead(before, k.clock.Now())
		worth = k.lastStored.IsZero() || !known || hasChangedEnough(before, after)
		return after
	})
	if err != nil || !worth {
		return wentBack, err
	}
	return wentBack, k.storeRecord(ctx, func(tx *store.Tx) store.BelievedMomentRecord { return k.nextRecord(tx.BelievedMoment()) })
}

// IsMomentProven reports whether the believed moment is proven right: the kernel says or has said that the clock is synchronised,
// an operator has accepted the clock, or a desk has been open for a day.
func IsMomentProven(ctx context.Context, s *store.Store, c *clock.Clock) (settled bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.BelievedMoment()
		settled = r.ProvenFor >= SettleTime || c.IsSynchronised()
		return nil
	})
	return settled, err
}

// AcceptMachineClock makes the machine's clock the believed one, by decision of an operator. It calls note in the same transaction.
func AcceptMachineClock(ctx context.Context, s *store.Store, c *clock.Clock, note func(*store.Tx)) error {
	k := New(s, c)
	return k.storeRecord(ctx, func(tx *store.Tx) store.BelievedMomentRecord {
		r, _ := tx.BelievedMoment()
		note(tx)
		return setBelievedMoment(r, c.MachineNow().UTC(), true)
	})
}

// wasClockAhead reports whether r contains a time that is clearly later than now.
func wasClockAhead(r store.BelievedMomentRecord, now time.Time) bool {
	later := now.Add(clock.MaxBehind)
	return r.Moment.After(later) || r.Trial.ClockTime.After(later)
}

// nextRecord returns the successor of r, based on the clock of this process.
func (k *MomentKeeper) nextRecord(r store.BelievedMomentRecord, known bool) store.BelievedMomentRecord {
	s := clockObservation{clockTime: k.clock.MachineNow().UTC(), moment: k.clock.ReferenceNow().UTC(), kernelVouches: k.clock.IsSynchronised()}
	if r.ResetCount > k.resetCount || k.lastStored.IsZero() {
		s.moment = r.Moment // The moment was set back, so the time measured since then does not count.
	}
	if !k.lastStored.IsZero() {
		s.elapsed = time.Since(k.lastStored)
	}
	return advanceRecord(r, known, s)
}

// anchorFromStore anchors the clock at the record that the function of returns.
func (k *MomentKeeper) anchorFromStore(ctx context.Context, of func(*store.Tx) store.BelievedMomentRecord) (err error) {
	var found store.BelievedMomentRecord
	if err := k.store.View(ctx, func(tx *store.Tx) error { found = of(tx); return nil }); err != nil {
		return fmt.Errorf("look what time is believed: %w", err)
	}
	k.anchorClock(found)
	return nil
}

// storeRecord stores the record that the function of returns, and anchors the clock at it.
func (k *MomentKeeper) storeRecord(ctx context.Context, of func(*store.Tx) store.BelievedMomentRecord) error {
	var kept store.BelievedMomentRecord
	if err := k.store.Update(ctx, func(tx *store.Tx) error {
		kept = of(tx)
		tx.PutBelievedMoment(kept)
		return nil
	}); err != nil {
		return fmt.Errorf("keep what time is believed: %w", err)
	}
	k.lastStored = clock.MonotonicNow()
	k.anchorClock(kept)
	return nil
}

func (k *MomentKeeper) anchorClock(r store.BelievedMomentRecord) {
	k.resetCount = r.ResetCount
	k.clock.SetReference(r.Moment)
}

// hasChangedEnough reports whether the record has changed enough to be stored.
func hasChangedEnough(before, after store.BelievedMomentRecord) bool {
	return after.ResetCount != before.ResetCount || after.Moment.Sub(before.Moment) >= minStoredAdvance ||
		after.Trial.ClockTime.IsZero() != before.Trial.ClockTime.IsZero() || after.Trial.ClockTime.Sub(before.Trial.ClockTime).Abs() >= minStoredAdvance
}
