package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

// TestWaitAfterClockAhead tests wrong answers that were given while the clock was ahead. After the clock is corrected, nobody
// waits longer than LongestWait, and that wait ends.
func TestWaitAfterClockAhead(t *testing.T) {
	for _, ahead := range []time.Duration{16 * time.Minute, 2 * time.Hour, 10 * 366 * 24 * time.Hour} {
		t.Run(fmt.Sprint(ahead), func(t *testing.T) {
			d := flowtest.New(t)
			d.Settings.Neutral = 0 // Without the neutral delay, the measured wait is only that of the throttle.
			longest := d.Settings.LongestWait
			d.TestClock.Advance(ahead)
			guess(d, t, 15, "ohoeve")
			seen := d.LogIn(t, "ohoeve", "Eigen-huis12")
			d.TestClock.Advance(-ahead)
			if says := seen.AnswerNote()().EN; !strings.Contains(says, "Try again in 15 minutes.") {
				t.Errorf("who was there then is told %q", says)
			}
			if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); f.Visit().LoggedIn() || !strings.Contains(f.AnswerNote()().EN, "Try again in 15 minutes.") {
				t.Errorf("the right password leads to %q, %v", f.State(), f.AnswerNote()().EN)
			}
			if u, err := operator.ReportCustomer(t.Context(), d.Desk, "K06"); err != nil || u.ThrottleState.Password.NotBefore.After(d.TestClock.Now().Add(longest)) {
				t.Errorf("operators see %v, %v", u.ThrottleState.Password, err)
			}
			d.TestClock.Advance(longest / 2)
			if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); f.Visit().LoggedIn() || !strings.Contains(f.AnswerNote()().EN, "Try again in 8 minutes.") {
				t.Errorf("half of the wait leads to %q, %v", f.State(), f.AnswerNote()().EN)
			}
			d.TestClock.Advance(longest / 2)
			if f := d.LogIn(t, "ohoeve", "wrong"); f.AnswerNote() != nil {
				if says := f.AnswerNote()().EN; strings.Contains(says, "Try again in ") {
					t.Errorf("after the wait, %q", says)
				}
			}
			if got := notBefore(d, t, "ohoeve"); got != longest {
				t.Errorf("one more wrong password has the next wait %v", got)
			}
			d.TestClock.Advance(longest)
			if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
				t.Errorf("the right password led to %q", f.State())
			}
		})
	}
}

// TestPauseAfterClockAhead tests a terminal that paused while the clock was ahead. After the clock is corrected, it pauses no
// longer than TerminalPause.
func TestPauseAfterClockAhead(t *testing.T) {
	const ahead = 2 * time.Hour
	d := flowtest.New(t)
	d.TestClock.Advance(ahead)
	for i := range d.Settings.TerminalTries {
		d.LogIn(t, fmt.Sprint("gast", i), "x")
	}
	d.TestClock.Advance(-ahead)
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); f.Visit().LoggedIn() || !strings.Contains(f.AnswerNote()().EN, "Try again in 60 seconds.") {
		t.Errorf("the right password leads to %q, %v", f.State(), f.AnswerNote()().EN)
	}
	d.TestClock.Advance(d.Settings.TerminalPause)
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("after the pause: %q", f.AnswerNote()().EN)
	}
}

// TestWindowAfterClockAhead tests that any number of wrong answers with a future time are not counted in the window, and that
// wrong answers after the correction of the clock count as usual.
func TestWindowAfterClockAhead(t *testing.T) {
	const ahead = 2 * time.Hour
	d := flowtest.New(t)
	paused := func() bool {
		return d.TestClock.Now().Before(triesHere(d, t).PausedUntil)
	}
	d.TestClock.Advance(ahead)
	for i := range d.Settings.TerminalTries - 1 {
		d.LogIn(t, fmt.Sprint("gast", i), "x")
	}
	d.TestClock.Advance(-ahead)
	for i := range d.Settings.TerminalTries {
		if paused() {
			t.Fatalf("it pauses after %d wrong answers", i)
		}
		d.LogIn(t, fmt.Sprint("gast", i), "x")
	}
	if !paused() {
		t.Error("it does not pause")
	}
}

// triesHere returns the counts of the throttle for the terminal.
func triesHere(d *flowtest.Desk, tb testing.TB) (tries store.RecentTimes) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { tries = tx.RecentTimes(d.Terminal, d.Settings.TerminalPause) })
	return tries
}

// TestRequestsAfterClockAhead tests that requests that were counted on a future day do not prevent requests today.
func TestRequestsAfterClockAhead(t *testing.T) {
	const ahead = 366 * 24 * time.Hour
	d := flowtest.New(t)
	ask := func() (may bool) {
		d.Update(t, func(tx *store.Tx) { may = d.TakeQuota(tx, desk.NumberQuota.KeyForCustomer("K06")) })
		return may
	}
	d.TestClock.Advance(ahead)
	for range d.Settings.RequestsPerDay {
		ask()
	}
	if ask() {
		t.Error("there is no end to it")
	}
	d.TestClock.Advance(-ahead)
	if !ask() {
		t.Error("nothing can be asked for today")
	}
}
