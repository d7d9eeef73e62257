package flows_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/text"
	"loket/store"
)

// alike lists outcomes that must not be told apart: all answers in a group must lead to the same screen after the same work
// (R10, X2).
var alike = []struct {
	name    string
	flow    func(*flow.Visit) *flow.Flow
	answers [][]string
	right   [][]string // right has answers that lead to the same outcome only if the customer is deceased, blocked or gone.
}{
	{
		name: "log in with a wrong password", flow: flows.LogIn,
		answers: [][]string{
			{"username", "ohoeve", "password", "x"},
			{"username", "niemand", "password", "x"},
			{"username", "islaper", "password", "x"},
			{"username", "vtijdelijk", "password", "x"},
		},
	},
	{
		name: "log in with a wrong temporary password", flow: flows.LogIn,
		answers: [][]string{
			{"username", "vtijdelijk", "password", "BBBB-CCCC-DDDD"},
			{"username", "ohoeve", "password", "BBBB-CCCC-DDDD"},
			{"username", "niemand", "password", "BBBB-CCCC-DDDD"},
		},
	},
	{
		name: "activate with what does not belong together", flow: flows.Activate,
		answers: [][]string{
			{"number", "481600000099", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000001", "birth date", "28-2-1988", "postcode", "3511AB"},
			{"number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AC"},
			{"number", "481600000006", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000003", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000004", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000005", "birth date", "29-2-1988", "postcode", "3511AB"},
		},
		right: [][]string{
			{"number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AB"},
			{"number", "481600000003", "birth date", "9-4-1961", "postcode", "3512AC"},
			{"number", "481600000004", "birth date", "14-7-1975", "postcode", "3513AD"},
			{"number", "481600000005", "birth date", "31-12-1990", "postcode", "3514AE"},
			{"number", "481600000006", "birth date", "2-1-1970", "postcode", "3515AG"},
		},
	},
	{
		name: "ask for a temporary password", flow: flows.ForgottenPassword,
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
		name: "ask for the username", flow: flows.ForgottenUsername,
		answers: [][]string{
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000061"},
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000062"},
			{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "7", "product number", "NL61NNBA0000000061"},
			{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14", "product number", "RV-14"},
			{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8", "product number", "L81.000"},
			{"birth date", "9-9-1999", "postcode", "3518AK", "house number", "9", "product number", "NL93NNBA0000000093"},
		},
	},
	{name: "request an activation number", flow: flows.RequestNumber, answers: persons},
	{
		name: "request an activation number from abroad", flow: abroad(flows.RequestNumber),
		answers: [][]string{
			{"birth date", "00-00-1950", "foreign postcode", "1001"},
			{"birth date", "00-00-1950", "foreign postcode", "B-1000"},
			{"birth date", "00-00-1951", "foreign postcode", "1000"},
			{"birth date", "2-1-1970", "foreign postcode", "3515AG"},
		},
	},
	{
		name: "activate from abroad with what does not belong together", flow: abroad(flows.Activate),
		answers: [][]string{
			{"number", "481600000099", "birth date", "00-00-1950", "foreign postcode", "1000"},
			{"number", "481600000017", "birth date", "00-00-1950", "foreign postcode", "1001"},
			{"number", "481600000017", "birth date", "1-1-1950", "foreign postcode", "1000"},
			{"number", "481600000001", "birth date", "29-2-1988", "foreign postcode", "3511AB"},
		},
		right: [][]string{{"number", "481600000017", "birth date", "00-00-1950", "foreign postcode", "1000"}},
	},
	{name: "request an account", flow: flows.RequestAccount, answers: persons},
	{name: "request an account, by letter in large print", flow: inLargePrint(flows.RequestAccount), answers: persons},
}

// inLargePrint returns begin for a visitor who has asked for large print.
func inLargePrint(begin func(*flow.Visit) *flow.Flow) func(*flow.Visit) *flow.Flow {
	return func(v *flow.Visit) *flow.Flow {
		v.WantsLargePrint = true
		return begin(v)
	}
}

// abroad returns begin for a visitor who has said that they do not live in the Netherlands.
func abroad(begin func(*flow.Visit) *flow.Flow) func(*flow.Visit) *flow.Flow {
	return func(v *flow.Visit) *flow.Flow {
		v.Abroad = true
		return begin(v)
	}
}

// persons lists answers about an unknown person, and about customers with and without accounts, numbers and e-mail addresses.
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

// observed is everything that a visitor at the terminal can see or measure.
type observed struct {
	at                  flow.State
	heading, text, note text.Text
	took                time.Duration
	heard               heard // heard is the last step that the observer was told.
	hashes, commits     int64
	reads, writes       int64
}

// statuses lists the statuses that a customer can have at the bank.
var statuses = []string{"active", "deceased", "blocked", "removed"}

// endAll sets the status of all customers.
func endAll(t *testing.T, d *flowtest.Desk, status string) {
	d.Update(t, func(tx *store.Tx) {
		for _, m := range flowtest.CastMembers {
			flowtest.SetStatus(tx, m.ID, status)
		}
	})
}

// TestNeutral tests that the outcomes cannot be told apart, up to the third wrong answer and after it, for every status of a
// customer.
func TestNeutral(t *testing.T) {
	type try struct {
		status  string
		answers []string
	}
	for _, test := range alike {
		var all []try
		for _, status := range statuses {
			for _, answers := range test.answers {
				all = append(all, try{status, answers})
			}
			for _, answers := range test.right {
				if status != "active" {
					all = append(all, try{status, answers})
				}
			}
		}
		for _, tries := range []int{1, 2, 3, 4} {
			t.Run(fmt.Sprint(test.name, " ", tries), func(t *testing.T) {
				var want observed
				for i, a := range all {
					answers := a.answers
					d := flowtest.New(t)
					endAll(t, d, a.status)
					d.TestHasher.OnHash = func() { d.TestClock.Advance(30 * time.Millisecond) }
					for range tries - 1 {
						flowtest.MustSubmit(t, test.flow(flow.NewVisit(d.Desk)), answers...)
					}
					got := observe(d, t, test.flow(flow.NewVisit(d.Desk)), answers)
					if i == 0 {
						want = got
					}
					if got != want {
						t.Errorf("%s, %v can be told from %v:\n%+v\n%+v", a.status, answers, test.answers[0], got, want)
					}
				}
			})
		}
	}
}

// TestNeutralAdding tests that a logged-in customer cannot tell another customer's activation number from an unknown one.
func TestNeutralAdding(t *testing.T) {
	var want observed
	for i, number := range []string{"481600000099", "481600000001", "481600000003", "481600000004", "481600000005"} {
		d := flowtest.New(t)
		d.Update(t, func(tx *store.Tx) { flowtest.SetStatus(tx, "K05", "deceased") })
		visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		got := observe(d, t, flows.AddProduct(visit), []string{"number", number})
		if i == 0 {
			want = got
		}
		if got != want {
			t.Errorf("%s can be told from nobody's number:\n%+v\n%+v", number, got, want)
		}
	}
}

// heard is the last step that an observer was told.
type heard struct {
	what      string
	took      time.Duration
	throttled desk.ThrottleReason
}

// ObserveStep implements desk.Observer.
func (h *heard) ObserveStep(flow, step, outcome string, took time.Duration) {
	h.what, h.took = flow+", "+step+": "+outcome, took.Round(time.Millisecond)
}

// ObserveThrottle implements desk.Observer.
func (h *heard) ObserveThrottle(by desk.ThrottleReason) { h.throttled = by }

func observe(d *flowtest.Desk, t *testing.T, f *flow.Flow, answers []string) (o observed) {
	began, hashed := d.TestClock.Now(), d.TestHasher.HashCount.Load()
	commits, writes, reads := d.Engine.Commits.Load(), d.Engine.Writes.Load(), d.Engine.Reads.Load()
	f.Visit().Observer = &o.heard
	flowtest.MustSubmit(t, f, answers...)
	f.Visit().Observer = nil
	o.at, o.heading = f.State(), f.Step().Title()
	if f.Step().Body != nil {
		o.text = f.Step().Body()
	}
	if f.AnswerNote() != nil {
		o.note = f.AnswerNote()()
	}
	o.took = d.TestClock.Now().Sub(began).Round(time.Millisecond)
	o.hashes = d.TestHasher.HashCount.Load() - hashed
	o.commits, o.writes = d.Engine.Commits.Load()-commits, d.Engine.Writes.Load()-writes
	o.reads = d.Engine.Reads.Load() - reads
	return o
}

// TestNeutralTime tests that an answer waits for the rest of the neutral time plus a random part, even while a rush delays
// every answer.
func TestNeutralTime(t *testing.T) {
	d := flowtest.New(t)
	d.TestHasher.OnHash = func() { d.TestClock.Advance(120 * time.Millisecond) }
	ask := func() { // ask submits an answer and returns the waits, without the ticks of the transactions.
		t.Helper()
		d.TestClock.TakeWaits()
		flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	}
	byChance := d.Settings.Neutral / 5
	check := func(when string, want ...time.Duration) {
		t.Helper()
		got := d.TestClock.TakeWaits()
		waited := func(got, want time.Duration) bool { return want <= got && got < want+byChance }
		if !slices.EqualFunc(got, want, waited) {
			t.Errorf("%s, waits %v, want %v and at most %v more", when, got, want, byChance)
		}
	}
	ask()
	check("normally", 380*time.Millisecond)
	d.Update(t, func(tx *store.Tx) { tx.PutGlobalRate(0, store.GlobalRate{Minute: tx.Now.Unix() / 60, Wrong: 1000}) })
	ask()
	check("in a rush", 5*time.Second, 380*time.Millisecond)
	d.TestClock.Advance(time.Minute)
	d.TestHasher.OnHash = func() { d.TestClock.Advance(time.Second) }
	ask()
	check("when the work takes longer")
}
