package flows

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
)

// What must not be told apart (R10, X2): answers of each kind lead to the same
// screen after the same work.
var alike = []struct {
	name    string
	flow    func(*flow.Visit) *flow.Flow
	answers [][]string
	writes  bool // as many records are written as well; if not, a fixed time hides it
}{
	{
		name: "log in with a wrong password", flow: LogIn, writes: true,
		answers: [][]string{
			{"username", "ohoeve", "password", "x"},
			{"username", "niemand", "password", "x"},
			{"username", "islaper", "password", "x"},
			{"username", "vtijdelijk", "password", "x"},
		},
	},
	{
		name: "log in with a wrong temporary password", flow: LogIn, writes: true,
		answers: [][]string{
			{"username", "vtijdelijk", "password", "BBBB-CCCC-DDDD"},
			{"username", "ohoeve", "password", "BBBB-CCCC-DDDD"},
			{"username", "niemand", "password", "BBBB-CCCC-DDDD"},
		},
	},
	{
		name: "activate with what does not belong together", flow: Activate, writes: true,
		answers: [][]string{
			{"number", "481600000099", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000001", "birth date", "28-2-1988", "postcode", "3511AB"},
			{"number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AC"},
			{"number", "481600000006", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000003", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000004", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000005", "birth date", "29-2-1988", "postcode", "3511AB"},
		},
	},
	{
		name: "ask for a temporary password", flow: ForgottenPassword,
		answers: [][]string{
			{"username", "niemand", "birth date", "2-1-1970", "postcode", "3515AG"},
			{"username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG"},
			{"username", "ohoeve", "birth date", "3-1-1970", "postcode", "3515AG"},
			{"username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AH"},
			{"username", "islaper", "birth date", "5-5-1955", "postcode", "3516AH"},
			{"username", "bpost", "birth date", "10-10-1940", "postcode", "3517AJ"},
		},
	},
	{
		name: "ask for the username", flow: ForgottenUsername,
		answers: [][]string{
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000061"},
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000062"},
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "7", "product number", "NL61NNBA0000000061"},
			{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14", "product number", "RV-14"},
			{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8", "product number", "L81.000"},
			{"birth date", "9-9-1999", "postcode", "3518AK", "house number", "9", "product number", "NL93NNBA0000000093"},
		},
	},
	{name: "request an activation number", flow: RequestNumber, answers: persons},
	{name: "request an account", flow: RequestAccount, answers: persons},
}

// persons are somebody whom nobody knows, and customers with and without
// accounts, numbers and e-mail addresses.
var persons = [][]string{
	{"birth date", "2-1-1971", "postcode", "3515AG", "house number", "6"},
	{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6"},
	{"birth date", "14-7-1975", "postcode", "3513AD", "house number", "4"},
	{"birth date", "9-4-1961", "postcode", "3512AC", "house number", "3"},
	{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8"},
	{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14"},
	{"birth date", "11-11-1933", "postcode", "3523AR", "house number", "15"},
	{"birth date", "13-3-1993", "postcode", "3521AN", "house number", "13"},
	{"birth date", "9-9-1999", "postcode", "3518AK", "house number", "9"},
}

// observed is all that somebody at the terminal can see, and what takes time.
type observed struct {
	at                      flow.State
	heading, text, note     text.Text
	took                    time.Duration
	hashes, commits, writes int64
}

// TestNeutral sees that what must not be told apart is not, up to the third
// wrong answer and past it.
func TestNeutral(t *testing.T) {
	for _, test := range alike {
		for _, tries := range []int{1, 2, 3, 4} {
			t.Run(fmt.Sprint(test.name, " ", tries), func(t *testing.T) {
				var want observed
				for i, answers := range test.answers {
					d := newDesk(t)
					d.hasher.takes = func() { d.clock.pass(30 * time.Millisecond) }
					for range tries - 1 {
						must(t, test.flow(flow.NewVisit(d.Desk)), answers...)
					}
					got := d.observe(t, test.flow(flow.NewVisit(d.Desk)), answers)
					if !test.writes {
						got.writes = 0
					}
					if i == 0 {
						want = got
					}
					if got != want {
						t.Errorf("%v can be told from %v:\n%+v\n%+v", answers, test.answers[0], got, want)
					}
				}
			})
		}
	}
}

// TestNeutralAdding is the same for who is logged in: a number is somebody
// else's, or nobody's.
func TestNeutralAdding(t *testing.T) {
	var want observed
	for i, number := range []string{"481600000099", "481600000001", "481600000003", "481600000004", "481600000005"} {
		d := newDesk(t)
		visit := d.logIn(t, "ohoeve", "Eigen-huis12").Visit()
		got := d.observe(t, AddProduct(visit), []string{"number", number})
		if i == 0 {
			want = got
		}
		if got != want {
			t.Errorf("%s can be told from nobody's number:\n%+v\n%+v", number, got, want)
		}
	}
}

func (d *testDesk) observe(t *testing.T, f *flow.Flow, answers []string) (o observed) {
	began, hashed := d.clock.Now(), d.hasher.hashed.Load()
	commits, writes := d.engine.commits.Load(), d.engine.writes.Load()
	must(t, f, answers...)
	o.at, o.heading = f.At(), f.Step().Title()
	if f.Step().Body != nil {
		o.text = f.Step().Body()
	}
	if f.Note() != nil {
		o.note = f.Note()()
	}
	o.took = d.clock.Now().Sub(began).Round(time.Millisecond)
	o.hashes = d.hasher.hashed.Load() - hashed
	o.commits, o.writes = d.engine.commits.Load()-commits, d.engine.writes.Load()-writes
	return o
}

// TestNeutralTime: what an answer's work leaves of the fixed time is waited, and
// a little more by chance, also while a rush slows every answer down.
func TestNeutralTime(t *testing.T) {
	d := newDesk(t)
	d.hasher.takes = func() { d.clock.pass(120 * time.Millisecond) }
	ask := func() { // tells what was waited, without the instants of the transactions
		t.Helper()
		d.clock.waits()
		must(t, ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	}
	byChance := d.Settings.Neutral / 5
	check := func(when string, want ...time.Duration) {
		t.Helper()
		got := d.clock.waits()
		waited := func(got, want time.Duration) bool { return want <= got && got < want+byChance }
		if !slices.EqualFunc(got, want, waited) {
			t.Errorf("%s, waits %v, want %v and at most %v more", when, got, want, byChance)
		}
	}
	ask()
	check("normally", 380*time.Millisecond)
	d.update(t, func(tx *store.Tx) { tx.PutGlobalRate(0, store.GlobalRate{Minute: tx.Now.Unix() / 60, Wrong: 1000}) })
	ask()
	check("in a rush", 5*time.Second, 380*time.Millisecond)
	d.clock.pass(time.Minute)
	d.hasher.takes = func() { d.clock.pass(time.Second) }
	ask()
	check("when the work takes longer")
}

// neutralRounds is for measuring with a stopwatch, which takes long, and needs a
// machine that does nothing else.
var neutralRounds = flag.Int("neutral", 0, "in TestStopwatch, time this many answers of each kind (200 is enough)")

// TestStopwatch times answers about what there is against answers about what
// there is not, with the real hasher and a real database that flushes to disk.
// It fails if their medians are 5 % apart, or a rank test tells them apart with
// p < 0.01, in each of three rounds: chance alone does that once in a million.
//
//	go test ./flows -run TestStopwatch -neutral 200 -v
//
// Seen on two shared cores, known against unknown usernames, numbers and persons, 200 of
// each: medians 0.6 to 1.1 % apart, p of the rank test from 0.16 to 0.56.
func TestStopwatch(t *testing.T) {
	if *neutralRounds == 0 {
		t.Skip("takes minutes: go test ./flows -run TestStopwatch -neutral 200 -v")
	}
	for _, trial := range trials {
		t.Run(trial.name, func(t *testing.T) {
			d := timedDesk(t, 3**neutralRounds)
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
}{
	{
		"log in: a username", LogIn,
		func(n int) []string { return []string{"username", timedName(n), "password", "Niet-goed-1"} },
		func(n int) []string { return []string{"username", "not" + timedName(n), "password", "Niet-goed-1"} },
	},
	{
		"activate: a number", Activate,
		func(n int) []string {
			return []string{"number", timedNumber(n), "birth date", "2-2-1982", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"number", "9" + timedNumber(n)[1:], "birth date", "2-2-1982", "postcode", "1234AB"}
		},
	},
	{
		"forgotten password: everything right, and a username that is not there", ForgottenPassword,
		func(n int) []string {
			return []string{"username", timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
		func(n int) []string {
			return []string{"username", "not" + timedName(n), "birth date", "1-2-1980", "postcode", "1234AB"}
		},
	},
	{
		"forgotten username: everything right, and a product that is not there", ForgottenUsername,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("GEEN", n)}
		},
	},
	{
		"forgotten username: everything right, and a person who is not there", ForgottenUsername,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1981", "postcode", "1234AB", "house number", fmt.Sprint(n + 1), "product number", fmt.Sprint("POLIS", n)}
		},
	},
	{
		"request an activation number: a person, and one who is not there", RequestNumber,
		func(n int) []string {
			return []string{"birth date", "1-2-1980", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
		func(n int) []string {
			return []string{"birth date", "1-2-1981", "postcode", "1234AB", "house number", fmt.Sprint(n + 1)}
		},
	},
}

func timedName(n int) string   { return fmt.Sprintf("klant%06d", n) }
func timedNumber(n int) string { return fmt.Sprintf("48%010d", n) }

// timedDesk is a desk as in real life with n customers, where nothing but the
// flow itself takes time, and neutral answers take 60 ms.
func timedDesk(tb testing.TB, n int) *desk.Desk {
	tb.Helper()
	engine, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	keys, err := keyring.New()
	if err != nil {
		tb.Fatal(err)
	}
	clock := clock.New()
	s, err := store.Open(tb.Context(), engine, keys, clock.Now)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	settings := desk.Defaults()
	settings.Neutral, settings.RequestsPerDay = 60*time.Millisecond, math.MaxInt
	settings.TerminalWindow, settings.RushTries = 0, math.MaxInt // no pause, and no rush
	d := desk.New(s, clock, "Utrecht 1", settings)
	hash, err := d.Hasher.Hash(tb.Context(), "Eigen-huis12")
	if err != nil {
		tb.Fatal(err)
	}
	for i := range n {
		if err := s.Update(tb.Context(), func(tx *store.Tx) error { putTimed(tx, i, hash); return nil }); err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// putTimed puts the n-th customer, with an account, a number and a policy.
func putTimed(tx *store.Tx, n int, hash string) {
	id := store.CustomerID(fmt.Sprint("K", n))
	c := person(id, "A.", "Klant", "1980-02-01", "1234 AB", n+1)
	policy := store.ProductID(fmt.Sprint("P", n))
	c.Hold(policy)
	tx.PutCustomer(c)
	tx.PutAccount(store.Account{Customer: id, Username: timedName(n), PasswordHash: hash, Used: true})
	putProduct(tx, store.Product{ID: policy, Kind: store.KindNonlife, Name: "Polis", Number: fmt.Sprint("POLIS", n), Holders: []store.CustomerID{id}})
	a := store.ApplicationID(fmt.Sprint("A", n))
	tx.PutApplication(store.Application{ID: a, Product: policy, Applicants: []store.CustomerID{id}})
	tx.PutNumber(store.ActivationNumber{Number: timedNumber(n), Customer: id, Application: a, Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
}

// stopwatch is how many milliseconds an answer takes.
func stopwatch(t *testing.T, d *desk.Desk, known func(*flow.Visit) *flow.Flow, answers []string) float64 {
	f := known(flow.NewVisit(d))
	began := time.Now()
	must(t, f, answers...)
	return float64(time.Since(began)) / float64(time.Millisecond)
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}

// rankTest is the two-sided p of the Mann–Whitney U test that a and b are drawn
// from the same distribution, by its normal approximation.
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

// TestRankTest holds the rank test to what it must see and must not.
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
	if low < 1 || low > 25 { // 10 are to be expected
		t.Errorf("without any difference, p < 0.05 in %d of 200", low)
	}
}
