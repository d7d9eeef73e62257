package timekeeping

import (
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/fixture"
)

// process is a process that has a store open, with the clock of its own machine.
type process struct {
	*MomentKeeper
	t *testing.T
}

func opens(t *testing.T, s *store.Store, off time.Duration) *process {
	t.Helper()
	c := clock.NewFromFuncs(time.Now, nil)
	c.Advance(off)
	if err := AnchorClock(t.Context(), s, c); err != nil {
		t.Fatal(err)
	}
	return &process{New(s, c), t}
}

func (p *process) keeps() (wentBack bool) {
	p.t.Helper()
	wentBack, err := p.UpdateBelievedMoment(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return wentBack
}

// open keeps processes open for a while.
func open(lasts time.Duration, all ...*process) {
	for end := time.Now().Add(lasts); time.Now().Before(end); time.Sleep(time.Minute) {
		for _, p := range all {
			p.keeps()
		}
	}
}

// is checks the verdict on the clock, and the time that visitors get: the believed moment
// loses up to ten minutes each time a process ends.
func (p *process) is(want clock.Status, served time.Time) {
	p.t.Helper()
	if now, verdict := p.clock.NowAndStatus(); verdict != want || now.Sub(served).Abs() > time.Hour {
		p.t.Errorf("the clock is %s, and served by %v, not %s and %v", verdict, now, want, served)
	}
}

func kept(t *testing.T, s *store.Store) (r store.BelievedMomentRecord) {
	t.Helper()
	fixture.MustView(t, s, func(tx *store.Tx) { r, _ = tx.BelievedMoment() })
	return r
}

// TestKeeper: processes with right and wrong clocks have the store open one after the
// other; the believed moment follows the right clock.
func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		open(25*time.Hour, opens(t, s, 0))
		for _, off := range []time.Duration{10 * year, -10 * year, 40 * day, -2 * time.Hour} {
			want, served := clock.StatusAhead, time.Now().Add(off)
			if off < 0 {
				want, served = clock.StatusBehind, time.Now()
			}
			wrong := opens(t, s, off)
			wrong.is(want, served)
			open(time.Hour, wrong)
			wrong.is(want, served.Add(time.Hour))
			right := opens(t, s, 0)
			right.is(clock.StatusRight, time.Now())
			if back := right.keeps(); back != (off > 0) {
				t.Errorf("%v off: somebody went by a later time: %t", off, back)
			}
			if right.keeps() {
				t.Errorf("%v off: it is told twice", off)
			}
			if r := kept(t, s); r.ResetCount != 0 || r.Moment.After(time.Now()) || time.Since(r.Moment) > 2*time.Hour {
				t.Errorf("%v off: %+v is kept at %v", off, r, time.Now())
			}
		}
	})
}

// TestAtOnce: of two concurrent processes on one store, one with a wrong clock, each is
// judged by the right time, and an operator can say which clock is right.
func TestAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		right, wrong := opens(t, s, 0), opens(t, s, 90*day)
		open(2*TrustTime, right, wrong)
		right.is(clock.StatusRight, time.Now())
		wrong.is(clock.StatusAhead, time.Now().Add(90*day))
		if err := AcceptMachineClock(t.Context(), s, wrong.clock, func(*store.Tx) {}); err != nil {
			t.Fatal(err)
		}
		open(2*time.Minute, right, wrong)
		wrong.is(clock.StatusRight, time.Now().Add(90*day))
		right.is(clock.StatusBehind, time.Now().Add(90*day))
		if err := AcceptMachineClock(t.Context(), s, right.clock, func(*store.Tx) {}); err != nil {
			t.Fatal(err)
		}
		open(2*time.Minute, wrong, right)
		right.is(clock.StatusRight, time.Now())
		wrong.is(clock.StatusAhead, time.Now().Add(90*day))
	})
}

// TestSeldomKept: a store without visitors changes at most every ten minutes.
func TestSeldomKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		p, writes, before := opens(t, s, 0), 0, store.BelievedMomentRecord{}
		for range 6 * 60 {
			p.keeps()
			if now := kept(t, s); now != before {
				writes, before = writes+1, now
			}
			time.Sleep(time.Minute)
		}
		if writes > 37 {
			t.Errorf("it was written %d times in six hours", writes)
		}
	})
}

// TestSettled: until the clock is proven right, nothing may be removed by it.
func TestSettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		p := opens(t, s, 0)
		settled := func(want bool) {
			t.Helper()
			if is, err := IsMomentProven(t.Context(), s, p.clock); err != nil || is != want {
				t.Errorf("settled: %t, %v", is, err)
			}
			if state, err := ReadClockState(t.Context(), s, p.clock); err != nil || state.Settled != want || state.TrialNeeded != 0 {
				t.Errorf("%+v, %v", state, err)
			}
		}
		settled(false)
		open(23*time.Hour, p)
		settled(false)
		open(80*time.Minute, p)
		settled(true)
	})
}
