package flows

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
	"loket/store/bolt"
)

// notBefore is how long the next answer about a username waits.
func (d *testDesk) notBefore(tb testing.TB, username string) (wait time.Duration) {
	tb.Helper()
	d.view(tb, func(tx *store.Tx) {
		wait = tx.Attempts(desk.PasswordKey(username), d.Settings.LongestWait).NotBefore.Sub(tx.Now)
	})
	return max(wait, 0).Round(time.Millisecond)
}

// guess gives n wrong passwords in a row, each as soon as it is looked at, and
// each at a terminal of its own, so that none pauses.
func (d *testDesk) guess(tb testing.TB, n int, username string) {
	tb.Helper()
	for i := range n {
		d.clock.pass(d.notBefore(tb, username) + time.Millisecond)
		d.at(fmt.Sprint("guesser ", i)).logIn(tb, username, "guessed")
		if o := d.outcome(tb); o != credentials.Wrong && o != credentials.Off {
			tb.Fatalf("guess %d at %s: %s", i, username, o)
		}
	}
}

// TestWaits holds the table of the waits, for a username that there is and for
// one that there is not.
func TestWaits(t *testing.T) {
	d := newDesk(t)
	want := []time.Duration{0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900}
	for _, username := range []string{"ohoeve", "niemand"} {
		for i, seconds := range want {
			d.guess(t, 1, username)
			if got := d.notBefore(t, username); got != seconds*time.Second {
				t.Errorf("after %d wrong passwords of %s the next one waits %v, want %v s", i+1, username, got, int(seconds))
			}
		}
	}
}

// TestTooSoonCostsNothing: who tries too soon waits no longer for it, and the
// right password lets nobody in before its time.
func TestTooSoonCostsNothing(t *testing.T) {
	d := newDesk(t)
	d.guess(t, 5, "ohoeve")
	for range 50 {
		f := d.logIn(t, "OHoeve", "Eigen-huis12")
		if f.Visit().LoggedIn() || d.outcome(t) != flow.TooSoon {
			t.Fatalf("too soon led to %q", f.At())
		}
	}
	if got := d.notBefore(t, "ohoeve"); got != 4*time.Second {
		t.Errorf("the wait is %v by now, want 4 s", got)
	}
	d.clock.pass(4 * time.Second)
	if f := d.logIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("the right password led to %q", f.At())
	}
}

// TestRightClears: after the right answer the count begins anew.
func TestRightClears(t *testing.T) {
	d := newDesk(t)
	for range 10 {
		d.guess(t, 2, "ohoeve")
		d.logIn(t, "ohoeve", "Eigen-huis12")
	}
	if got := d.notBefore(t, "ohoeve"); got != 0 {
		t.Errorf("the next one waits %v", got)
	}
}

// TestRestart: neither a new visit nor a new process wipes anything out (X5).
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	d := openDesk(t, path, bolt.Options{NoSync: true})
	d.update(t, putCast)
	d.guess(t, 8, "ohoeve")
	for i := range 20 {
		d.logIn(t, fmt.Sprint("gast", i), "x")
	}
	if err := d.Store.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	d = deskOver(t, again, d.keys, d.clock.Now())
	defer d.Store.Close()
	if d.logIn(t, "bpost", "Brieven-bus8"); d.outcome(t) != flow.Paused {
		t.Errorf("at the terminal: %s", d.outcome(t))
	}
	if d.at("Utrecht 2").logIn(t, "ohoeve", "Eigen-huis12"); d.outcome(t) != flow.TooSoon {
		t.Errorf("at another one: %s", d.outcome(t))
	}
}

// TestOff: a hundred wrong ones switch the password off, until there is a new
// one by way of a temporary one. An attack does not stand in the way of that.
func TestOff(t *testing.T) {
	d := newDesk(t)
	d.guess(t, 99, "ohoeve")
	d.clock.pass(15 * time.Minute)
	d.guess(t, 1, "ohoeve")
	d.clock.pass(15 * time.Minute)
	for range 3 {
		if d.logIn(t, "ohoeve", "Eigen-huis12"); d.outcome(t) != credentials.Off {
			t.Fatalf("after a hundred wrong ones: %s", d.outcome(t))
		}
		d.clock.pass(30 * 24 * time.Hour) // time alone does not help
	}
	must(t, ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	d.guess(t, 3, "ohoeve") // the attack goes on
	if d.logIn(t, "ohoeve", "Eigen-huis12"); d.outcome(t) != flow.TooSoon {
		t.Fatalf("asking for a temporary password changed it into %s", d.outcome(t))
	}
	f := d.logIn(t, "ohoeve", last(d.outbox(t)).Facts["password"])
	must(t, f, "new", "Weer-welkom1", "again", "Weer-welkom1")
	if !f.Visit().LoggedIn() {
		t.Fatalf("the temporary password led to %q", f.At())
	}
	if f := d.logIn(t, "ohoeve", "Weer-welkom1"); !f.Visit().LoggedIn() {
		t.Errorf("the new password led to %q", f.At())
	}
}

// TestOneBelowOff: 99 wrong ones leave the password on.
func TestOneBelowOff(t *testing.T) {
	d := newDesk(t)
	d.guess(t, 99, "ohoeve")
	d.clock.pass(15 * time.Minute)
	if f := d.logIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("after 99 wrong ones the right one led to %q", f.At())
	}
}

// TestTerminalPause: twenty wrong answers in ten minutes, about anything.
func TestTerminalPause(t *testing.T) {
	const tries, window = 20, 10 * time.Minute
	for name, test := range map[string]struct {
		every time.Duration // between one wrong answer and the next
		pause bool
	}{
		"at once":          {0, true},
		"just within":      {window/(tries-1) - time.Second, true},
		"just not":         {window/(tries-1) + time.Second, false},
		"one every minute": {time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			for i := range tries {
				d.logIn(t, fmt.Sprint("gast", i), "x")
				if i < tries-1 {
					d.clock.pass(test.every)
				}
			}
			f := d.logIn(t, "ohoeve", "Eigen-huis12")
			if f.Visit().LoggedIn() == test.pause {
				t.Fatalf("the next answer: %s", d.outcome(t))
			}
			d.clock.pass(time.Minute)
			if f := d.logIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
				t.Errorf("after the pause: %s", d.outcome(t))
			}
		})
	}
}

// TestRush: past 300 wrong answers in a minute every answer waits, the longer
// the more there are, up to 5 s. Nobody is refused, and a new minute is calm.
func TestRush(t *testing.T) {
	d := newDesk(t)
	d.clock.pass(-15 * time.Second) // to the beginning of a minute
	rush := func(n int) {
		for shard := range store.GlobalRateShards {
			d.update(t, func(tx *store.Tx) {
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
		d.clock.waits()
		if f := d.logIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
			t.Errorf("with %d wrong answers, the right one led to %q", test.wrong, f.At())
		}
		if got := d.clock.waits(); test.wait == 0 && got != nil || test.wait != 0 && !slices.Equal(got, []time.Duration{test.wait}) {
			t.Errorf("with %d wrong answers, an answer waits %v, want %v", test.wrong, got, test.wait)
		}
	}
	d.clock.pass(time.Minute)
	d.logIn(t, "ohoeve", "Eigen-huis12")
	if got := d.clock.waits(); got != nil {
		t.Errorf("a minute later an answer waits %v", got)
	}
}

// TestRushCounts: wrong answers at many terminals add up, and right ones do not.
func TestRushCounts(t *testing.T) {
	d := newDesk(t)
	for i := range 40 {
		d.at(fmt.Sprint("terminal ", i)).logIn(t, fmt.Sprint("gast", i), "x")
		d.at(fmt.Sprint("terminal ", i)).logIn(t, "ohoeve", "Eigen-huis12")
	}
	total := 0
	d.view(t, func(tx *store.Tx) {
		for shard := range store.GlobalRateShards {
			total += tx.GlobalRate(shard).Wrong
		}
	})
	if total != 40 {
		t.Errorf("%d wrong answers were counted, want 40", total)
	}
}

// TestSideBySide: guesses made at the same time learn no more than guesses made
// in turn, whichever of them is right (R9).
func TestSideBySide(t *testing.T) {
	const guesses = 32
	d := newDesk(t)
	d.guess(t, 6, "ohoeve")
	sideBySide := func(password func(i int) string) (outcomes map[string]int, in int) {
		before := len(d.audited(t))
		var all sync.WaitGroup
		flows := make([]*flow.Flow, guesses)
		for i := range guesses {
			flows[i] = LogIn(flow.NewVisit(d.at(fmt.Sprint("guesser ", i)).Desk))
			all.Go(func() {
				if err := flows[i].Submit(t.Context(), answersOf("username", "ohoeve", "password", password(i))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		outcomes = map[string]int{}
		for _, e := range d.audited(t)[before:] {
			outcomes[e.Outcome]++
		}
		for _, f := range flows {
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
	if outcomes, in := sideBySide(oneRight); in != 0 || outcomes[string(flow.TooSoon)] != guesses {
		t.Errorf("while the next answer has to wait: %v, and %d are in", outcomes, in)
	}
	d.clock.pass(d.notBefore(t, "ohoeve"))
	allWrong := func(i int) string { return fmt.Sprint("guess", i) }
	if outcomes, in := sideBySide(allWrong); in != 0 || outcomes[string(credentials.Wrong)] != 1 || outcomes[string(flow.TooSoon)] != guesses-1 {
		t.Errorf("as soon as it has not: %v, and %d are in", outcomes, in)
	}
}

// TestThrottledHashesAlike: a password whose hash is older than the settings
// takes no longer when it is right than when it is wrong, so that no clock tells
// them apart while the throttle lets neither in.
func TestThrottledHashesAlike(t *testing.T) {
	d := newDesk(t)
	d.update(t, func(tx *store.Tx) {
		a, _ := tx.AccountByUsername("ohoeve")
		a.PasswordHash = "older:Eigen-huis12"
		tx.PutAccount(a)
	})
	d.guess(t, 4, "ohoeve")
	cost := func(password string) int64 {
		before := d.hasher.hashed.Load()
		d.logIn(t, "ohoeve", password)
		return d.hasher.hashed.Load() - before
	}
	if right, wrong := cost("Eigen-huis12"), cost("x"); right != wrong {
		t.Errorf("the right password takes %d hashes, a wrong one %d", right, wrong)
	}
	d.clock.pass(time.Minute)
	if f := d.logIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Fatalf("led to %q", f.At())
	}
	d.view(t, func(tx *store.Tx) {
		if a, _ := tx.AccountByUsername("ohoeve"); a.PasswordHash != plain("Eigen-huis12") {
			t.Errorf("the hash still is %q", a.PasswordHash)
		}
	})
}
