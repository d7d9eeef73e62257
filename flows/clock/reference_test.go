package clock

import (
	"testing"
	"testing/synctest"
	"time"
)

const day = 24 * time.Hour

// TestJudge tests that a clock returns the machine's time, or the reference time if the machine's clock is more than an hour
// behind.
func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		off  time.Duration
		want Status
	}{
		"right":             {0, StatusRight},
		"an hour behind":    {-time.Hour, StatusRight},
		"more":              {-time.Hour - time.Second, StatusBehind},
		"ten years behind":  {-3653 * day, StatusBehind},
		"a month ahead":     {31 * day, StatusRight},
		"more than a month": {31*day + time.Second, StatusAhead},
		"ten years ahead":   {3653 * day, StatusAhead},
		"centuries ahead":   {106_000 * day, StatusAhead},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := New()
				k.SetReference(k.MachineNow())
				time.Sleep(3 * time.Hour)
				k.Advance(c.off)
				now, verdict := k.NowAndStatus()
				served := k.MachineNow()
				if c.want == StatusBehind {
					served = time.Now()
				}
				if verdict != c.want || k.IsPlausible() != (c.want == StatusRight) || !now.Equal(served) || !k.Now().Equal(served) {
					t.Errorf("it is %s, and served by %v, not %v", verdict, now, served)
				}
				if !k.ReferenceNow().Equal(time.Now()) {
					t.Errorf("%v is believed", k.ReferenceNow())
				}
				k.Advance(-c.off)
				if now, verdict := k.NowAndStatus(); verdict != StatusRight || !now.Equal(time.Now()) {
					t.Errorf("once it is put right it is %s, and served by %v", verdict, now)
				}
			})
		})
	}
}

// TestNeverAnchored tests that a clock without a reference time, as in the demo, can be moved and is always plausible.
func TestNeverAnchored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := New()
		for _, by := range []time.Duration{time.Hour, 3653 * day, -8000 * day} {
			k.Advance(by)
			if now, verdict := k.NowAndStatus(); verdict != StatusRight || !now.Equal(k.MachineNow()) || !k.ReferenceNow().Equal(now) {
				t.Errorf("moved by %v it is %s, %v", by, verdict, now)
			}
		}
	})
}

// TestVouchedFor tests that a clock counts as synchronised only if it agrees with the kernel's clock.
func TestVouchedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		synchronised := true
		k := New().SetKernelClock(func() (time.Time, bool) { return time.Now().Round(0).Add(time.Second), synchronised })
		if !k.IsSynchronised() {
			t.Error("it is not")
		}
		if k.Advance(3653 * day); k.IsSynchronised() {
			t.Error("it is, though the kernel says something else")
		}
		k.Advance(-3653 * day)
		if synchronised = false; k.IsSynchronised() {
			t.Error("it is, though nothing keeps it right")
		}
		if NewFromFuncs(time.Now, sleep).IsSynchronised() {
			t.Error("it is, though nobody was asked")
		}
	})
}

// TestKernel tests that the kernel's time equals the time of this machine.
func TestKernel(t *testing.T) {
	if says, synchronised := readKernelClock(); synchronised && time.Until(says).Abs() > time.Minute {
		t.Errorf("the kernel says %v", says)
	}
}
