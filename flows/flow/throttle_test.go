package flow_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/servicedesk"
	"loket/store"
	"loket/store/bolt"
)

// notBefore returns how long the next answer about a username must wait at the desk's terminal.
func notBefore(d *flowtest.Desk, tb testing.TB, username string) (wait time.Duration) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) {
		wait = tx.WrongAttempts(desk.PasswordThrottleKey(username), d.Settings.LongestWait).PerTerminal[d.Terminal].NotBefore.Sub(tx.Now)
	})
	return max(wait, 0).Round(time.Millisecond)
}

// guess types n wrong passwords in a row at a terminal, each one as soon as the throttle accepts it.
func guess(d *flowtest.Desk, tb testing.TB, n int, username string) {
	tb.Helper()
	for i := range n {
		d.TestClock.Advance(notBefore(d, tb, username) + time.Millisecond)
		d.LogIn(tb, username, "guessed")
		if o := d.LastOutcome(tb); o != credentials.OutcomeWrong && o != credentials.OutcomePasswordDisabled {
			tb.Fatalf("guess %d at %s: %s", i, username, o)
		}
	}
}

// TestWaits tests how long the throttle makes visitors wait, for an existing and a nonexistent username.
func TestWaits(t *testing.T) {
	d := flowtest.New(t)
	d.Settings.Neutral = 0 // Without the neutral delay, the measured wait is only that of the throttle.
	want := []time.Duration{0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}
	for _, username := range []string{"ohoeve", "niemand"} {
		for i, seconds := range want {
			guess(d, t, 1, username)
			if got := notBefore(d, t, username); got != seconds*time.Second {
				t.Errorf("after %d wrong passwords of %s the next one waits %v, want %v s", i+1, username, got, int(seconds))
			}
		}
	}
}

// TestTooSoonCostsNothing tests that an attempt that comes too soon does not prolong the wait, and that even the right
// password does not log the owner in before the wait is over.
func TestTooSoonCostsNothing(t *testing.T) {
	d := flowtest.New(t)
	d.Settings.Neutral = 0 // Without the neutral delay, the measured wait is only that of the throttle.
	guess(d, t, 5, "ohoeve")
	for range 50 {
		f := d.LogIn(t, "OHoeve", "Eigen-huis12")
		if f.Visit().LoggedIn() || d.LastOutcome(t) != flow.OutcomeTooSoon {
			t.Fatalf("too soon led to %q", f.State())
		}
	}
	if got := notBefore(d, t, "ohoeve"); got != 4*time.Second {
		t.Errorf("the wait is %v by now, want 4 s", got)
	}
	d.TestClock.Advance(4 * time.Second)
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("the right password led to %q", f.State())
	}
}

// TestRightClears tests that a right answer resets the count of wrong answers.
func TestRightClears(t *testing.T) {
	d := flowtest.New(t)
	for range 10 {
		guess(d, t, 2, "ohoeve")
		d.LogIn(t, "ohoeve", "Eigen-huis12")
	}
	if got := notBefore(d, t, "ohoeve"); got != 0 {
		t.Errorf("the next one waits %v", got)
	}
}

// TestRestart tests that a new visit or a new process does not reset the counts (X5).
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	d := flowtest.Open(t, path, bolt.Options{NoSync: true})
	d.PutCast(t)
	guess(d, t, 10, "ohoeve")
	for i := range 20 {
		d.LogIn(t, fmt.Sprint("gast", i), "x")
	}
	if err := d.Store.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	d = flowtest.NewWithEngine(t, again, d.Keys, d.TestClock.Now())
	defer d.Store.Close()
	if d.LogIn(t, "bpost", "Brieven-bus8"); d.LastOutcome(t) != flow.OutcomePaused {
		t.Errorf("at the terminal: %s", d.LastOutcome(t))
	}
	d.TestClock.Advance(d.Settings.TerminalPause)
	if d.LogIn(t, "ohoeve", "Eigen-huis12"); d.LastOutcome(t) != flow.OutcomeTooSoon {
		t.Errorf("after the pause: %s", d.LastOutcome(t))
	}
	if f := d.DeskAtTerminal("Utrecht 2").LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("at another one: %s", d.LastOutcome(t))
	}
}

// guessAll types n wrong passwords in a row, at as few terminals as possible.
func guessAll(d *flowtest.Desk, tb testing.TB, n int, username string) {
	tb.Helper()
	for i := 0; n > 0; i++ {
		guess(d.DeskAtTerminal(fmt.Sprint("guesser ", i)), tb, min(n, d.Settings.TriesHere), username)
		n -= d.Settings.TriesHere
	}
}

// TestOff tests that a hundred wrong passwords turn the password off until the owner chooses a new one with a temporary
// password. An attack cannot prevent this.
func TestOff(t *testing.T) {
	d := flowtest.New(t)
	guessAll(d, t, 99, "ohoeve")
	guess(d.DeskAtTerminal("one more"), t, 1, "ohoeve")
	for range 3 {
		if d.LogIn(t, "ohoeve", "Eigen-huis12"); d.LastOutcome(t) != credentials.OutcomePasswordDisabled {
			t.Fatalf("after a hundred wrong ones: %s", d.LastOutcome(t))
		}
		d.TestClock.Advance(30 * 24 * time.Hour) // Waiting for 30 days does not turn the password on again.
	}
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	if d.DeskAtTerminal("another").LogIn(t, "ohoeve", "Eigen-huis12"); d.LastOutcome(t) != credentials.OutcomePasswordDisabled {
		t.Fatalf("asking for a temporary password changed it into %s", d.LastOutcome(t))
	}
	f := d.LogIn(t, "ohoeve", flowtest.LastElement(d.OutboxMessages(t)).Facts["password"])
	flowtest.MustSubmit(t, f, "new", "Weer-welkom1", "again", "Weer-welkom1")
	if !f.Visit().LoggedIn() {
		t.Fatalf("the temporary password led to %q", f.State())
	}
	if f := d.LogIn(t, "ohoeve", "Weer-welkom1"); !f.Visit().LoggedIn() {
		t.Errorf("the new password led to %q", f.State())
	}
}

// TestOneBelowOff tests that 99 wrong passwords do not turn the password off.
func TestOneBelowOff(t *testing.T) {
	d := flowtest.New(t)
	guessAll(d, t, 99, "ohoeve")
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("after 99 wrong ones the right one led to %q", f.State())
	}
}

// TestOneTerminal tests that the owner can log in at another terminal after any number of wrong passwords at one terminal. The
// answers of the first terminal equal those for a nonexistent username, whatever the owner does elsewhere.
func TestOneTerminal(t *testing.T) {
	said := map[string][]string{}
	for _, username := range []string{"niemand", "ohoeve"} {
		d := flowtest.New(t)
		owner := d.DeskAtTerminal("Utrecht 2")
		lets := func(at *flowtest.Desk) {
			t.Helper()
			if f := at.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
				t.Fatalf("the owner of %s is let in nowhere: %s", username, d.LastOutcome(t))
			}
		}
		lets(d)
		lets(owner)
		for range 200 {
			d.TestClock.Advance(max(notBefore(d, t, username)-time.Second, time.Minute))
			f := d.LogIn(t, username, "guessed")
			said[username] = append(said[username], fmt.Sprint(f.State(), f.AnswerNote()().EN))
			lets(owner)
		}
		if username == "niemand" {
			continue
		}
		if d.LogIn(t, "ohoeve", "Eigen-huis12"); d.LastOutcome(t) != credentials.OutcomePasswordDisabled && d.LastOutcome(t) != flow.OutcomeTooSoon {
			t.Errorf("at the terminal of the guesses the password is not off: %s", d.LastOutcome(t))
		}
		flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(owner.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
		f := d.LogIn(t, "ohoeve", flowtest.LastElement(d.OutboxMessages(t)).Facts["password"])
		if flowtest.MustSubmit(t, f, "new", "Goed-gekozen1", "again", "Goed-gekozen1"); !f.Visit().LoggedIn() {
			t.Errorf("the temporary password leads to %q there", f.State())
		}
		if f := d.LogIn(t, "ohoeve", "Goed-gekozen1"); !f.Visit().LoggedIn() {
			t.Errorf("the new password leads to %q there", f.State())
		}
	}
	for i, says := range said["niemand"] {
		if said["ohoeve"][i] != says {
			t.Fatalf("after %d wrong passwords a username that is there is told by %q, not %q", i+1, said["ohoeve"][i], says)
		}
	}
}

// TestAllTerminals tests that at most a hundred consecutive wrong passwords are accepted at all terminals together, whether or
// not the username exists.
func TestAllTerminals(t *testing.T) {
	for _, username := range []string{"niemand", "ohoeve"} {
		d := flowtest.New(t)
		looked := 0
		for i := range 12 {
			at := d.DeskAtTerminal(fmt.Sprint("guesser ", i))
			for range 25 {
				d.TestClock.Advance(notBefore(at, t, username) + time.Minute)
				if at.LogIn(t, username, "guessed"); d.LastOutcome(t) == credentials.OutcomeWrong {
					looked++
				}
			}
		}
		if looked != d.Settings.TriesUntilOff {
			t.Errorf("%d wrong passwords of %s were looked at", looked, username)
		}
	}
}

// TestManyTerminals tests that the amount of data stored about one username is bounded.
func TestManyTerminals(t *testing.T) {
	d := flowtest.New(t)
	for i := range 300 {
		d.DeskAtTerminal(fmt.Sprint("guesser ", i)).LogIn(t, "niemand", "guessed")
	}
	d.View(t, func(tx *store.Tx) {
		if at := tx.WrongAttempts(desk.PasswordThrottleKey("niemand"), time.Hour).PerTerminal; len(at) > 256 || at["guesser 299"].Wrong != 1 {
			t.Errorf("%d terminals are kept, the last with %+v", len(at), at["guesser 299"])
		}
	})
}

// TestTerminalPause tests that a terminal pauses after twenty wrong answers in ten minutes about any subjects.
func TestTerminalPause(t *testing.T) {
	const tries, window = 20, 10 * time.Minute
	for name, test := range map[string]struct {
		every time.Duration // every is the time between two wrong answers.
		pause bool
	}{
		"at once":          {0, true},
		"just within":      {window/(tries-1) - time.Second, true},
		"just not":         {window/(tries-1) + time.Second, false},
		"one every minute": {time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			for i := range tries {
				d.LogIn(t, fmt.Sprint("gast", i), "x")
				if i < tries-1 {
					d.TestClock.Advance(test.every)
				}
			}
			f := d.LogIn(t, "ohoeve", "Eigen-huis12")
			if f.Visit().LoggedIn() == test.pause {
				t.Fatalf("the next answer: %s", d.LastOutcome(t))
			}
			d.TestClock.Advance(time.Minute)
			if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
				t.Errorf("after the pause: %s", d.LastOutcome(t))
			}
		})
	}
}

// TestThrottledHashesAlike tests that a password with an outdated hash takes the same time whether it is right or wrong. So
// the response time reveals nothing while the throttle refuses all answers.
func TestThrottledHashesAlike(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.AccountByUsername("ohoeve")
		a.PasswordHash = "older:Eigen-huis12"
		tx.PutAccount(a)
	})
	guess(d, t, 4, "ohoeve")
	cost := func(password string) int64 {
		before := d.TestHasher.HashCount.Load()
		d.LogIn(t, "ohoeve", password)
		return d.TestHasher.HashCount.Load() - before
	}
	if right, wrong := cost("Eigen-huis12"), cost("x"); right != wrong {
		t.Errorf("the right password takes %d hashes, a wrong one %d", right, wrong)
	}
	d.TestClock.Advance(time.Minute)
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Fatalf("led to %q", f.State())
	}
	d.View(t, func(tx *store.Tx) {
		if a, _ := tx.AccountByUsername("ohoeve"); a.PasswordHash != flowtest.FakeHash("Eigen-huis12") {
			t.Errorf("the hash still is %q", a.PasswordHash)
		}
	})
}

// askAfter lets an operator type what a caller says about a customer at one address.
func askAfter(d *flowtest.Desk, tb testing.TB, birthDate string) flow.Outcome {
	tb.Helper()
	flowtest.MustSubmit(tb, servicedesk.FindCustomer(flow.NewVisit(d.Desk)), "birth date", birthDate, "postcode", "3515AG", "house number", "6")
	return d.LastOutcome(tb)
}

// TestDailyWrongCallers tests that callers who give a wrong answer about one customer twice a day, for two months, never make anybody
// wait who asks after that customer, because no wrong answer counts for longer than a day.
func TestDailyWrongCallers(t *testing.T) {
	d := flowtest.New(t)
	for n := range 120 {
		d.Operator = fmt.Sprint("SHA256:helpdesk ", n)
		if o := askAfter(d, t, "1-1-1970"); o == flow.OutcomeTooSoon {
			t.Fatalf("wrong answer %d has to wait", n+1)
		}
		if o := askAfter(d, t, "2-1-1970"); o != "card opened" {
			t.Fatalf("after wrong answer %d the customer is told %q", n+1, o)
		}
		d.TestClock.Advance(12 * time.Hour)
	}
}
