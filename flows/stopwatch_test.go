package flows_test

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
)

// neutralRounds is the number of answers to measure with a stopwatch. Measuring takes long, and needs a machine that does
// nothing else.
var neutralRounds = flag.Int("neutral", 0, "in TestStopwatch, time this many answers of each kind (200 is enough)")

// TestStopwatch compares the response times of answers about existing and nonexistent customers, with
// the real hasher and a database that flushes to disk. It fails if, in each of three rounds, the
// medians differ by 5 % or a rank test finds a difference with p < 0.01. By chance alone it would
// fail once in a million runs.
//
//	go test ./flows -run TestStopwatch -neutral 200 -v
//
// On two shared cores, with 200 answers of each kind about usernames, numbers and persons, the
// medians differed by 0.6 to 1.1 %, and the p of the rank test was between 0.16 and 0.56.
func TestStopwatch(t *testing.T) {
	if *neutralRounds == 0 {
		t.Skip("takes minutes: go test ./flows -run TestStopwatch -neutral 200 -v")
	}
	for _, trial := range trials {
		t.Run(trial.name, func(t *testing.T) {
			d := timedDesk(t, 3**neutralRounds)
			if trial.status != "" {
				endTimed(t, d, 3**neutralRounds, trial.status)
			}
			apart := 0
			for round := range 3 {
				known, unknown := make([]float64, *neutralRounds), make([]float64, *neutralRounds)
				for i := range *neutralRounds {
					n := round**neutralRounds + i
					answer := func(into []float64, answers []string) { into[i] = stopwatch(t, d, trial.flow, answers) }
					if rand.IntN(2) == 0 {
						answer(known, trial.known(n))
						answer(unknown, trial.unknown(n))
					} else {
						answer(unknown, trial.unknown(n))
						answer(known, trial.known(n))
					}
				}
				a, b, p := median(known), median(unknown), rankTest(known, unknown)
				t.Logf("round %d: known %.3f ms, unknown %.3f ms, difference %+.2f %%, p = %.3f", round+1, a, b, 100*(a-b)/b, p)
				if p >= 0.01 && math.Abs(a-b)/b < 0.05 {
					return
				}
				apart++
			}
			t.Errorf("told apart in all %d rounds", apart)
		})
	}
}

var trials = []struct {
	name           string
	flow           func(*flow.Visit) *flow.Flow
	known, unknown func(n int) []string
	status         string // status is the status of the known customers; "" means active.
}{
	{
		"log in: a username", flows.LogIn,
		func(n int) []string { return []string{"username", timedName(n), "password", "Niet-goed-1"} },
		func(n int) []string { return []string{"username", "not" + timedName(n), "password", "Niet-goed-1"} },
		"",
	},
	{
		"activate: a number", flows.Activate,
		func(n int) []string {
			return []string{"number", timedNumber(n), "birth date", "2-2-1982", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"number", "9" + timedNumber(n)[1:], "birth date", "2-2-1982", "postcode", "1234AB"}
		},
		"",
	},
	{
		"forgotten password: everything right, and a username that is not there", flows.ForgottenPassword,
		func(n int) []string {
			return []string{"username", timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"username", "not" + timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		"",
	},
	{
		"forgotten username: everything right, and a product that is not there", flows.ForgottenUsername,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("GEEN", n)}
		},
		"",
	},
	{
		"forgotten username: everything right, and a person who is not there", flows.ForgottenUsername,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1981", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
		"",
	},
	{
		"request an activation number: a person, and one who is not there", flows.RequestNumber,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1981", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
		"",
	},
	{
		"log in: a username of somebody who is dead", flows.LogIn,
		func(n int) []string { return []string{"username", timedName(n), "password", "Niet-goed-1"} },
		func(n int) []string { return []string{"username", "not" + timedName(n), "password", "Niet-goed-1"} },
		"deceased",
	},
	{
		"activate: a number of somebody who is blocked, and everything right", flows.Activate,
		func(n int) []string {
			return []string{"number", timedNumber(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"number", "9" + timedNumber(n)[1:], "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		"blocked",
	},
	{
		"forgotten password: everything right of somebody who is dead", flows.ForgottenPassword,
		func(n int) []string {
			return []string{"username", timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"username", "not" + timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		"deceased",
	},
	{
		"request an activation number: somebody who is no customer any more", flows.RequestNumber,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1981", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
		"removed",
	},
}

func timedName(n int) string   { return fmt.Sprintf("klant%06d", n) }
func timedNumber(n int) string { return fmt.Sprintf("48%010d", n) }

// timedDesk returns a desk with production settings and n customers. No throttle delays the answers, and neutral answers take
// 60 ms.
func timedDesk(tb testing.TB, n int) *desk.Desk {
	tb.Helper()
	engine, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.NewInMemory()
	if err != nil {
		tb.Fatal(err)
	}
	clock := clock.New()
	s, err := store.Open(tb.Context(), engine, keys, clock.Now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	settings := desk.DefaultSettings()
	settings.Neutral, settings.RequestsPerDay = 60*time.Millisecond, math.MaxInt
	// These throttle settings never pause a terminal, and never delay an answer.
	settings.TerminalWindow, settings.RushTries = 0, math.MaxInt
	d := desk.New(s, clock, "Utrecht 1", settings)
	hash, err := d.Hasher.Hash(tb.Context(), "Eigen-huis12")
	if err != nil {
		tb.Fatal(err)
	}
	hashes := []string{hash}
	// Other systems use these costs for password hashes.
	for _, cost := range []string{"m=47104,t=1,p=1", "m=65536,t=3,p=4", "m=12288,t=3,p=1"} {
		hashes = append(hashes, "$argon2id$v=19$"+cost+"$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	}
	for i := range n {
		if err := s.Update(tb.Context(), func(tx *store.Tx) error { putTimed(tx, i, hashes[i%len(hashes)]); return nil }); err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// endTimed sets the status of the first n customers.
func endTimed(tb testing.TB, d *desk.Desk, n int, status string) {
	tb.Helper()
	for i := range n {
		if err := d.Store.Update(tb.Context(), func(tx *store.Tx) error {
			flowtest.SetStatus(tx, store.CustomerID(fmt.Sprint("K", i)), status)
			return nil
		}); err != nil {
			tb.Fatal(err)
		}
	}
}

// putTimed stores the n-th customer, with an account, an activation number and a policy.
func putTimed(tx *store.Tx, n int, hash string) {
	id := store.CustomerID(fmt.Sprint("K", n))
	c := flowtest.NewCustomer(id, "A.", "Klant", "1980-02-01", "1234 AB", n+1)
	policy := store.ProductID(fmt.Sprint("P", n))
	c.AddHolding(policy)
	tx.PutCustomer(c)
	tx.PutAccount(store.Account{Customer: id, Username: timedName(n), PasswordHash: hash, HasLoggedIn: true})
	flowtest.PutProduct(tx, store.Product{ID: policy, Kind: store.KindNonlife, Name: "Polis", Number: fmt.Sprint("POLIS", n), Holders: []store.CustomerID{id}})
	a := store.ApplicationID(fmt.Sprint("A", n))
	tx.PutApplication(store.Application{ID: a, Product: policy, Applicants: []store.CustomerID{id}})
	tx.PutNumber(store.ActivationNumber{Number: timedNumber(n), Customer: id, Application: a, Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
}

// stopwatch returns the duration of an answer in milliseconds.
func stopwatch(t *testing.T, d *desk.Desk, known func(*flow.Visit) *flow.Flow, answers []string) float64 {
	f := known(flow.NewVisit(d))
	began := time.Now()
	flowtest.MustSubmit(t, f, answers...)
	return float64(time.Since(began)) / float64(time.Millisecond)
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}

// rankTest returns the two-sided p-value of the Mann–Whitney U test that a and b have the same distribution, in its normal
// approximation.
func rankTest(a, b []float64) float64 {
	u := 0.0
	for _, x := range a {
		for _, y := range b {
			switch {
			case x > y:
				u++
			case x == y:
				u += 0.5
			}
		}
	}
	n, m := float64(len(a)), float64(len(b))
	z := (u - n*m/2) / math.Sqrt(n*m*(n+m+1)/12)
	return math.Erfc(math.Abs(z) / math.Sqrt2)
}

// TestRankTest tests which differences the rank test detects.
func TestRankTest(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(by float64) (all []float64) {
		for range 200 {
			all = append(all, random.NormFloat64()+by)
		}
		return all
	}
	if p := rankTest(draw(0), draw(0.5)); p > 1e-3 {
		t.Errorf("half a standard deviation apart, p = %v", p)
	}
	low := 0
	for range 200 {
		if rankTest(draw(0), draw(0)) < 0.05 {
			low++
		}
	}
	if low < 1 || low > 25 { // Without a difference, about 10 of 200 tests give p < 0.05.
		t.Errorf("without any difference, p < 0.05 in %d of 200", low)
	}
}
