package clock

import (
	"testing"
	"testing/synctest"
	"time"
)

const day = 24 * time.Hour

// TestJudge: a clock is served by what it says, or by the believed moment where it is
// behind that by more than an hour, which moves on as it runs.
func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		off  time.Duration
		want Verdict
	}{
		"right":             {0, Right},
		"an hour behind":    {-time.Hour, Right},
		"more":              {-time.Hour - time.Second, Behind},
		"ten years behind":  {-3653 * day, Behind},
		"a month ahead":     {31 * day, Right},
		"more than a month": {31*day + time.Second, Ahead},
		"ten years ahead":   {3653 * day, Ahead},
		"centuries ahead":   {106_000 * day, Ahead},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := New()
				k.Anchor(k.Machine())
				time.Sleep(3 * time.Hour)
				k.Advance(c.off)
				now, verdict := k.Judge()
				served := k.Machine()
				if c.want == Behind {
					served = time.Now()
				}
				if verdict != c.want || k.Believed() != (c.want == Right) || !now.Equal(served) || !k.Now().Equal(served) {
					t.Errorf("it is %s, and served by %v, not %v", verdict, now, served)
				}
				if !k.Moment().Equal(time.Now()) {
					t.Errorf("%v is believed", k.Moment())
				}
				k.Advance(-c.off)
				if now, verdict := k.Judge(); verdict != Right || !now.Equal(time.Now()) {
					t.Errorf("once it is put right it is %s, and served by %v", verdict, now)
				}
			})
		})
	}
}

// TestNeverAnchored: the clock of a sandbox is moved by its visitor, and always believed.
func TestNeverAnchored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := New()
		for _, by := range []time.Duration{time.Hour, 3653 * day, -8000 * day} {
			k.Advance(by)
			if now, verdict := k.Judge(); verdict != Right || !now.Equal(k.Machine()) || !k.Moment().Equal(now) {
				t.Errorf("moved by %v it is %s, %v", by, verdict, now)
			}
		}
	})
}

// TestVouchedFor: the kernel vouches for a clock that says what it says, and no other.
func TestVouchedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		synchronised := true
		k := New().VouchedBy(func() (time.Time, bool) { return time.Now().Round(0).Add(time.Second), synchronised })
		if !k.Vouched() {
			t.Error("it is not")
		}
		if k.Advance(3653 * day); k.Vouched() {
			t.Error("it is, though the kernel says something else")
		}
		k.Advance(-3653 * day)
		if synchronised = false; k.Vouched() {
			t.Error("it is, though nothing keeps it right")
		}
		if Of(time.Now, sleep).Vouched() {
			t.Error("it is, though nobody was asked")
		}
	})
}

// TestKernel: what the kernel says is what time it is here.
func TestKernel(t *testing.T) {
	if says, synchronised := kernel(); synchronised && time.Until(says).Abs() > time.Minute {
		t.Errorf("the kernel says %v", says)
	}
}
