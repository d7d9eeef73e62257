package flow

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// TestAttemptsAfter tests after which wrong answer the next one must wait, and for how long.
func TestAttemptsAfter(t *testing.T) {
	now := time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)
	s := desk.DefaultSettings()
	var a store.Attempts
	for n, want := range []time.Duration{0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900} {
		if a = addWrongAttempt(s, a, now); a.Wrong != n+1 || a.Last != now || !a.NotBefore.IsZero() != (want > 0) || want > 0 && a.NotBefore.Sub(now) != want*time.Second {
			t.Errorf("%d wrong: %+v, want %d s", n+1, a, want)
		}
	}
	if a = addWrongAttempt(s, store.Attempts{Wrong: 1000}, now); a.NotBefore.Sub(now) != s.LongestWait {
		t.Errorf("after a thousand it waits %v", a.NotBefore.Sub(now))
	}
}

// TestTerminalAttemptsAfter tests that a terminal pauses after TerminalTries wrong answers within the window, regardless of
// earlier ones.
func TestTerminalAttemptsAfter(t *testing.T) {
	s := desk.DefaultSettings()
	s.TerminalTries = 3
	start := time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)
	for _, c := range []struct {
		minutes []int
		paused  bool
	}{
		{[]int{0, 0}, false},
		{[]int{0, 0, 0}, true},
		{[]int{0, 5, 9}, true},
		{[]int{0, 5, 10}, false},
		{[]int{0, 5, 10, 14}, true},
		{[]int{0, 5, 10, 15}, false},
		{[]int{0, 20, 40, 60, 80, 81, 82}, true},
	} {
		var a store.RecentTimes
		var now time.Time
		for _, m := range c.minutes {
			now = start.Add(time.Duration(m) * time.Minute)
			a = addTerminalAttempt(s, a, now)
		}
		if got := a.PausedUntil.Equal(now.Add(s.TerminalPause)); got != c.paused || len(a.Times) > s.TerminalTries {
			t.Errorf("wrong answers at %v: %+v", c.minutes, a)
		}
	}
}

// TestSubjectAttemptsAfter tests how many wrong answers about one subject are taken on each day from a caller who never stops, and
// that the record of them is bounded.
func TestSubjectAttemptsAfter(t *testing.T) {
	s, start := desk.DefaultSettings(), time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC)
	var days [10]int
	var a store.RecentTimes
	for now := start; ; now = subjectWaitEnd(s, a) {
		day := int(now.Sub(start) / (24 * time.Hour))
		if day == len(days) {
			break
		}
		days[day]++
		if a = addSubjectAttempt(s, a, now); len(a.Times) > 40 || subjectWaitEnd(s, a).Sub(now) > s.LongestWait {
			t.Fatalf("at %v: %d times, the next waits until %v", now, len(a.Times), subjectWaitEnd(s, a))
		}
	}
	if want := [...]int{107, 96, 96, 96, 96, 96, 96, 96, 96, 96}; days != want {
		t.Errorf("wrong answers a day: %v, want %v", days, want)
	}
	late := start.Add(time.Duration(len(days)+1) * 24 * time.Hour)
	if a = addSubjectAttempt(s, a, late); len(a.Times) != 1 || subjectWaitEnd(s, a).After(late) {
		t.Errorf("a day after the last one: %+v", a)
	}
}

// TestGlobalWait tests how long every answer is delayed during a rush.
func TestGlobalWait(t *testing.T) {
	s := desk.DefaultSettings()
	for wrong, want := range map[int]time.Duration{
		0: 0, 300: 0, 301: 5 * time.Second / 300, 302: 10 * time.Second / 300, 450: 2500 * time.Millisecond, 600: 5 * time.Second, 601: 5 * time.Second, 1e6: 5 * time.Second,
	} {
		if got := globalThrottleWait(s, wrong); got != want {
			t.Errorf("%d wrong: %v, want %v", wrong, got, want)
		}
	}
}

// TestGlobalRateAfter tests that the count of wrong answers starts again each minute.
func TestGlobalRateAfter(t *testing.T) {
	at := func(second int64) time.Time { return time.Unix(second, 0) }
	r := addToGlobalRate(store.GlobalRate{}, at(60))
	r = addToGlobalRate(r, at(119))
	if r != (store.GlobalRate{Minute: 1, Wrong: 2}) {
		t.Errorf("after two in a minute: %+v", r)
	}
	if r = addToGlobalRate(r, at(120)); r != (store.GlobalRate{Minute: 2, Wrong: 1}) {
		t.Errorf("after one in the next: %+v", r)
	}
}
