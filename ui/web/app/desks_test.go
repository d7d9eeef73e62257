package app

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"loket/flows/clock"
	"loket/flows/desk"
)

// TestSwitchboard checks that each code leads to its desk until some time after the code expires, and that no desk uses up the
// room of others.
func TestSwitchboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s CodeRegistry
		one, other := &desk.Desk{Clock: clock.New()}, &desk.Desk{Clock: clock.New()}
		soon := time.Now().Add(2 * time.Minute)
		if s.FindDesk("ONE") != nil {
			t.Error("it knows a desk at the start")
		}
		s.RegisterCode(one, "ONE", soon)
		s.RegisterCode(other, "OTHER", soon)
		if s.FindDesk("ONE") != one || s.FindDesk("OTHER") != other || s.FindDesk("NONE") != nil {
			t.Error("a code leads elsewhere")
		}
		time.Sleep(2*time.Minute + expiredKeepTime)
		if s.FindDesk("ONE") != one {
			t.Error("who is late hears nothing")
		}
		other.Clock.Advance(time.Second)
		if s.FindDesk("OTHER") != nil {
			t.Error("it does not heed the clock of the desk")
		}
		time.Sleep(time.Second)
		s.RegisterCode(one, "NEXT", time.Now().Add(time.Minute))
		if len(s.codes) != 1 {
			t.Errorf("it keeps %d", len(s.codes))
		}
		s.RegisterCode(other, "OTHER", time.Now().Add(time.Hour))
		for n := range 3 * maxCodesPerDesk {
			s.RegisterCode(one, fmt.Sprint(n), time.Now().Add(time.Duration(n)*time.Minute))
		}
		if len(s.codes) != maxCodesPerDesk+1 || s.FindDesk("OTHER") != other || s.FindDesk(fmt.Sprint(3*maxCodesPerDesk-1)) != one {
			t.Errorf("it keeps %d", len(s.codes))
		}
	})
}

// TestSwitchboardIsBounded checks that the registry has a bounded number of codes, even with many desks at once.
func TestSwitchboardIsBounded(t *testing.T) {
	soon := time.Now().Add(time.Minute)
	s := CodeRegistry{codes: map[string]shownCode{}}
	all := make([]*desk.Desk, maxCodes+64-8)
	for n := range all {
		all[n] = &desk.Desk{Clock: clock.New()}
	}
	defer runtime.KeepAlive(all)
	for n, d := range all[64:] {
		s.codes[fmt.Sprint("before", n)] = shownCode{weak.Make(d), soon}
	}
	var asking sync.WaitGroup
	for n := range 8 {
		asking.Go(func() {
			for m := range 8 {
				s.RegisterCode(all[8*n+m], fmt.Sprint(n, m), soon.Add(time.Second))
				if s.FindDesk(fmt.Sprint(n, m)) == nil {
					t.Error("a code is forgotten at once")
				}
			}
		})
	}
	asking.Wait()
	if len(s.codes) != maxCodes {
		t.Errorf("it keeps %d", len(s.codes))
	}
}

// TestSwitchboardLetsGo checks that the registry does not keep the desk of a visitor who left in
// memory.
func TestSwitchboardLetsGo(t *testing.T) {
	var s CodeRegistry
	s.RegisterCode(&desk.Desk{Clock: clock.New()}, "GONE", time.Now().Add(time.Minute))
	runtime.GC()
	if s.FindDesk("GONE") != nil {
		t.Error("the desk is still there")
	}
}

// TestCrowd checks that each of many keys has its own rate limit, and that the number of limiters is bounded.
func TestCrowd(t *testing.T) {
	c := newRateLimiters[int](time.Second, 2)
	now := time.Now()
	for n := range 2 * maxLimiters {
		for range 2 {
			c.allow(n, now)
		}
	}
	if len(c.limiters) != maxLimiters || c.allow(0, now) || c.allow(2*maxLimiters, now) {
		t.Errorf("it keeps %d", len(c.limiters))
	}
	if !c.allow(0, now.Add(time.Second)) || c.allow(0, now.Add(time.Second)) {
		t.Error("nobody may do anything again")
	}
	if !c.allow(2*maxLimiters, now.Add(time.Minute)) || len(c.limiters) != 1 {
		t.Errorf("of %d something need be known", len(c.limiters))
	}
}
