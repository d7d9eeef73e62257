package flow_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// TestRush tests that every answer is delayed after 300 wrong answers in a minute. The delay grows with the number of wrong
// answers, up to 5 s. No answer is refused, and there is no delay in a new minute.
func TestRush(t *testing.T) {
	d := flowtest.New(t)
	d.TestClock.Advance(-15 * time.Second) // Going back 15 seconds sets the clock to the beginning of a minute.
	rush := func(n int) {
		for shard := range store.GlobalRateShards {
			d.Update(t, func(tx *store.Tx) {
				tx.PutGlobalRate(shard, store.GlobalRate{Minute: tx.Now.Unix() / 60, Wrong: (n + shard) / store.GlobalRateShards})
			})
		}
	}
	for _, test := range []struct {
		wrong int
		wait  time.Duration
	}{
		{0, 0}, {300, 0}, {306, 100 * time.Millisecond}, {450, 2500 * time.Millisecond}, {600, 5 * time.Second}, {100_000, 5 * time.Second},
	} {
		rush(test.wrong)
		d.TestClock.TakeWaits()
		if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
			t.Errorf("with %d wrong answers, the right one led to %q", test.wrong, f.State())
		}
		if got := d.TestClock.TakeWaits(); test.wait == 0 && got != nil || test.wait != 0 && !slices.Equal(got, []time.Duration{test.wait}) {
			t.Errorf("with %d wrong answers, an answer waits %v, want %v", test.wrong, got, test.wait)
		}
	}
	d.TestClock.Advance(time.Minute)
	d.LogIn(t, "ohoeve", "Eigen-huis12")
	if got := d.TestClock.TakeWaits(); got != nil {
		t.Errorf("a minute later an answer waits %v", got)
	}
}

// TestRushCounts tests that wrong answers at many terminals are added up, and right answers are not.
func TestRushCounts(t *testing.T) {
	d := flowtest.New(t)
	for i := range 40 {
		d.DeskAtTerminal(fmt.Sprint("terminal ", i)).LogIn(t, fmt.Sprint("gast", i), "x")
		d.DeskAtTerminal(fmt.Sprint("terminal ", i)).LogIn(t, "ohoeve", "Eigen-huis12")
	}
	total := 0
	d.View(t, func(tx *store.Tx) {
		for shard := range store.GlobalRateShards {
			total += tx.GlobalRate(shard).Wrong
		}
	})
	if total != 40 {
		t.Errorf("%d wrong answers were counted, want 40", total)
	}
}

// TestSideBySide tests that parallel guesses reveal no more than consecutive guesses, regardless of which guess is right (R9).
func TestSideBySide(t *testing.T) {
	const guesses = 32
	d := flowtest.New(t)
	d.Settings.Neutral = 0 // Without the neutral delay, the measured wait is only that of the throttle.
	guess(d, t, 6, "ohoeve")
	sideBySide := func(password func(i int) string) (outcomes map[string]int, in int) {
		before := len(d.AuditEntries(t))
		var all sync.WaitGroup
		begun := make([]*flow.Flow, guesses)
		for i := range guesses {
			begun[i] = flows.LogIn(flow.NewVisit(d.Desk))
			all.Go(func() {
				if err := begun[i].Submit(t.Context(), flowtest.AnswersFromPairs("username", "ohoeve", "password", password(i))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		outcomes = map[string]int{}
		for _, e := range d.AuditEntries(t)[before:] {
			outcomes[e.Outcome]++
		}
		for _, f := range begun {
			if f.Visit().LoggedIn() {
				in++
			}
		}
		return outcomes, in
	}
	oneRight := func(i int) string {
		if i == guesses/2 {
			return "Eigen-huis12"
		}
		return fmt.Sprint("guess", i)
	}
	if outcomes, in := sideBySide(oneRight); in != 0 || outcomes[string(flow.OutcomeTooSoon)] != guesses {
		t.Errorf("while the next answer has to wait: %v, and %d are in", outcomes, in)
	}
	d.TestClock.Advance(notBefore(d, t, "ohoeve"))
	allWrong := func(i int) string { return fmt.Sprint("guess", i) }
	if outcomes, in := sideBySide(allWrong); in != 0 || outcomes[string(credentials.OutcomeWrong)] != 1 || outcomes[string(flow.OutcomeTooSoon)] != guesses-1 {
		t.Errorf("as soon as it has not: %v, and %d are in", outcomes, in)
	}
}
