package flows_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/argon2id"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// costly is a hasher that takes a given time for each hash.
type costly struct {
	*flowtest.Hasher
	clock *flowtest.Clock
	takes map[string]time.Duration // takes maps each hash to the time that it takes; the key "" is for a nonexistent account.
}

// Match implements desk.Hasher.
func (c costly) Match(_ context.Context, _, hash string) (bool, error) {
	c.clock.Advance(c.takes[hash])
	return false, nil
}

// Outdated implements desk.Hasher.
func (costly) Outdated(string) bool { return false }

// TestSlow measures answers about known and unknown customers while the work takes long: with hashes of various costs, and on
// a store that needs up to 150 ms for each key. After the first answers, which set the response time, a rank test must not
// tell known from unknown customers (R25).
func TestSlow(t *testing.T) {
	const rounds = 200
	person := func(born string) []string {
		return []string{"birth date", born, "postcode", "3523AR", "house number", "15"}
	}
	username := func(name string) []string { return []string{"username", name, "password", "Niet-goed-1"} }
	asks := func(name string) []string {
		return []string{"username", name, "birth date", "10-10-1940", "postcode", "3517AJ"}
	}
	for name, test := range map[string]struct {
		flow           func(*flow.Visit) *flow.Flow
		known, unknown []string
		// hash is the duration of hashing the customer's password; key is the duration of a store access.
		hash, key time.Duration
	}{
		"log in, a cheaper hash":            {flows.LogIn, username("ohoeve"), username("niemand"), 12 * time.Millisecond, 0},
		"log in, a dearer hash":             {flows.LogIn, username("ohoeve"), username("niemand"), 386 * time.Millisecond, 0},
		"log in, the dearest hash":          {flows.LogIn, username("ohoeve"), username("niemand"), 1900 * time.Millisecond, 0},
		"log in, a slow store":              {flows.LogIn, username("ohoeve"), username("niemand"), 48 * time.Millisecond, 150 * time.Millisecond},
		"request a number, a slow store":    {flows.RequestNumber, person("11-11-1933"), person("12-11-1933"), 48 * time.Millisecond, 150 * time.Millisecond},
		"request an account, a slow store":  {flows.RequestAccount, person("11-11-1933"), person("12-11-1933"), 48 * time.Millisecond, 150 * time.Millisecond},
		"forgotten password, a slow store":  {flows.ForgottenPassword, asks("bpost"), asks("niemand"), 48 * time.Millisecond, 150 * time.Millisecond},
		"forgotten password, a slower disk": {flows.ForgottenPassword, asks("bpost"), asks("niemand"), 48 * time.Millisecond, 40 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			d.Settings.RequestsPerDay, d.Settings.RushTries = math.MaxInt, math.MaxInt
			d.Hasher = costly{d.TestHasher, d.TestClock, map[string]time.Duration{
				"": 48 * time.Millisecond, flowtest.FakeHash("Eigen-huis12"): test.hash,
			}}
			random := rand.New(rand.NewPCG(1, 2))
			d.Engine.OnKey = func() { // Each access to the store takes a random time longer than the test case says.
				d.TestClock.Advance(test.key + time.Duration(random.Int64N(int64(test.key/20+1))))
			}
			n := 0
			answer := func(answers []string) float64 {
				n++
				f := test.flow(flow.NewVisit(d.DeskAtTerminal(fmt.Sprint("terminal ", n)).Desk))
				began := d.TestClock.Now()
				flowtest.MustSubmit(t, f, answers...)
				return float64(d.TestClock.Now().Sub(began)) / float64(time.Millisecond)
			}
			for range 4 {
				answer(test.known)
				answer(test.unknown)
			}
			var known, unknown []float64
			for range rounds {
				if random.IntN(2) == 0 {
					known = append(known, answer(test.known))
					unknown = append(unknown, answer(test.unknown))
				} else {
					unknown = append(unknown, answer(test.unknown))
					known = append(known, answer(test.known))
				}
			}
			if p := rankTest(known, unknown); p < 0.001 {
				t.Errorf("medians %.1f and %.1f ms, p = %.4f", median(known), median(unknown), p)
			}
		})
	}
}

// TestRightAtOnce tests that the right password is answered without delay, regardless of the response time. A wrong password,
// or one that the throttle refuses, takes the neutral time.
func TestRightAtOnce(t *testing.T) {
	d := flowtest.New(t)
	d.TestHasher.OnHash = func() { d.TestClock.Advance(30 * time.Millisecond) }
	took := func(username, password string) time.Duration {
		began := d.TestClock.Now()
		d.LogIn(t, username, password)
		return d.TestClock.Now().Sub(began)
	}
	for _, c := range []struct {
		username, password string
		atOnce             bool
	}{
		{"ohoeve", "Eigen-huis12", true},
		{"vtijdelijk", "BCDF-GHJK-LMNP", true},
		{"ohoeve", "x", false},
		{"niemand", "x", false},
		{"vtijdelijk", "BCDF-GHJK-LMNQ", false},
	} {
		if took := took(c.username, c.password); (took < 100*time.Millisecond) != c.atOnce || took > d.Settings.Neutral*6/5+time.Millisecond {
			t.Errorf("%s with %s takes %v", c.username, c.password, took)
		}
	}
	d.Settings.FreeTries, d.Settings.LongestWait = 1, time.Hour
	for range 5 {
		took("ohoeve", "x")
	}
	if took := took("ohoeve", "Eigen-huis12"); d.LastOutcome(t) != flow.OutcomeTooSoon || took < d.Settings.Neutral {
		t.Errorf("%s takes %v", d.LastOutcome(t), took)
	}
}

// TestDearHash tests that a hash with a higher cost than imports may have logs nobody in, but that a temporary password still
// works.
func TestDearHash(t *testing.T) {
	d := flowtest.New(t)
	d.Hasher = argon2id.New()
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.AccountByUsername("ohoeve")
		a.PasswordHash = "$argon2id$v=19$m=1048576,t=16,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		tx.PutAccount(a)
	})
	began := time.Now()
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); f.Visit().LoggedIn() || time.Since(began) > 5*time.Second {
		t.Errorf("after %v it leads to %q", time.Since(began), f.State())
	}
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	f := d.LogIn(t, "ohoeve", flowtest.LastElement(d.OutboxMessages(t)).Facts["password"])
	if flowtest.MustSubmit(t, f, "new", "Goed-gekozen1", "again", "Goed-gekozen1"); !f.Visit().LoggedIn() {
		t.Errorf("the temporary password leads to %q", f.State())
	}
}
