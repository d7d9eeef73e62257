package web

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/store/kvdb"
)

// TestReady checks when a desk is ready, the reason if it is not, and how soon the answer comes.
func TestReady(t *testing.T) {
	for name, test := range map[string]struct {
		has  func(*gated, *ReadinessCheck)
		want error
	}{
		"ready":    {func(*gated, *ReadinessCheck) {}, nil},
		"stopping": {func(_ *gated, r *ReadinessCheck) { r.MarkStopping() }, errStopping},
		"hangs":    {func(e *gated, _ *ReadinessCheck) { e.shut = make(chan struct{}) }, errStoreTimeout},
		"slow":     {func(e *gated, _ *ReadinessCheck) { e.shut, e.heeds = make(chan struct{}), true }, errStoreTimeout},
		"stopped":  {func(e *gated, _ *ReadinessCheck) { e.fails = fmt.Errorf("%w: disk full of Hoekstra", kvdb.ErrStopped) }, errStoreStopped},
		"full":     {func(e *gated, _ *ReadinessCheck) { e.full = errors.New("no room for Hoekstra") }, errStoreUnwritable},
		"moved":    {func(e *gated, _ *ReadinessCheck) { e.full = fmt.Errorf("%w: moved by Hoekstra", kvdb.ErrStopped) }, errStoreStopped},
		"broken":   {func(e *gated, _ *ReadinessCheck) { e.fails = errors.New("no page of Hoekstra") }, errStoreUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, e := newStore(t, clock.New())
				r := NewReadinessCheck(s, nil)
				test.has(e, r)
				for range 3 {
					began := time.Now()
					if err := r.check(t.Context()); err != test.want {
						t.Errorf("got %v, want %v", err, test.want)
					}
					if took := time.Since(began); took > readyTimeout {
						t.Errorf("that took %v", took)
					}
				}
				if e.shut == nil {
					return
				}
				if views := e.views.Load(); !e.heeds && views != 1 {
					t.Errorf("%d looks hang", views)
				}
				close(e.shut)
				synctest.Wait()
				if err := r.check(t.Context()); err != nil {
					t.Errorf("once it answers: %v", err)
				}
			})
		})
	}
}

// TestReadyByAWrongClock tests that a desk whose clock is not plausible is ready, and says so.
func TestReadyByAWrongClock(t *testing.T) {
	c := clock.New()
	c.SetReference(c.MachineNow())
	r, m := NewReadinessCheck(nil, c), newMetrics()
	m.registry.MustRegister(&clockCollector{c})
	for off, want := range map[time.Duration]float64{0: 1, 3653 * 24 * time.Hour: 0, -2 * time.Hour: 0} {
		c.Advance(off)
		says := map[float64]string{1: readyText, 0: readyWrongClockText}[want]
		if r.statusText() != says || r.check(t.Context()) != nil {
			t.Errorf("%v off it says %q", off, r.statusText())
		}
		got := m.values(t)
		if ahead := got["loket_clock_ahead_seconds"]; got["loket_clock_believed"] != want || ahead < off.Seconds()-1 || ahead > off.Seconds()+1 {
			t.Errorf("%v off it is believed: %v, and ahead by %v s", off, got["loket_clock_believed"], ahead)
		}
		c.Advance(-off)
	}
}

// TestReadyWithoutStore checks that a desk without a store is ready until it stops.
func TestReadyWithoutStore(t *testing.T) {
	r := NewReadinessCheck(nil, nil)
	if err := r.check(t.Context()); err != nil {
		t.Error(err)
	}
	r.MarkStopping()
	if err := r.check(t.Context()); err != errStopping {
		t.Errorf("while it stops: %v", err)
	}
}
