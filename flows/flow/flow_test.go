package flow_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/golden"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// TestMermaid draws flows that contain everything that a diagram can show.
func TestMermaid(t *testing.T) {
	d := flowtest.New(t)
	for _, id := range []place.ID{place.LogIn, place.ChangeEmail, place.LogInWithApp, place.PairPhone, place.CallBack} {
		f := flows.PlaceAt(id).Begin(flow.NewVisit(d.Desk))
		golden.CompareWithFile(t, flowtest.GoldenPath("../testdata", f, ".mmd"), f.Mermaid())
	}
}

// TestEnd tests that nothing can be submitted after the end of a flow.
func TestEnd(t *testing.T) {
	d := flowtest.New(t)
	f := d.LogIn(t, "ohoeve", "Eigen-huis12")
	entries := len(d.AuditEntries(t))
	if err := f.Submit(t.Context(), nil); err == nil || !strings.Contains(err.Error(), `"logged in" is the end`) || !f.Ended() {
		t.Errorf("at %q: %v", f.State(), err)
	}
	if len(d.AuditEntries(t)) != entries {
		t.Error("that is in the audit log")
	}
}

// TestInvalid tests the text of an InvalidAnswers error.
func TestInvalid(t *testing.T) {
	one := flow.AnswerProblem{Field: "a", Reason: text.New("niet goed", "not right")}
	two := flow.AnswerProblem{Field: "b", Reason: text.New("ook niet", "nor this")}
	for want, problems := range map[string][]flow.AnswerProblem{"a: not right": {one}, "a: not right; b: nor this": {one, two}} {
		if got := (&flow.InvalidAnswers{Problems: problems}).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestTooLate tests the time limit of a step. The limit starts again at another step, but not when the visitor stays at the
// same step.
func TestTooLate(t *testing.T) {
	wrong := []string{"username", "ohoeve", "password", "Fout-wacht1"}
	d := flowtest.New(t)
	longest := d.Settings.Visit
	f := flows.LogIn(flow.NewVisit(d.Desk))
	d.TestClock.Advance(longest - time.Second)
	if flowtest.MustSubmit(t, f, wrong...); f.State() == flow.StateTimeUp {
		t.Error("a second before the end it is over")
	}
	d.TestClock.Advance(time.Second)
	if flowtest.MustSubmit(t, f, wrong...); f.State() != flow.StateTimeUp {
		t.Errorf("after the longest time it is at %q", f.State())
	}
	f = flows.LogIn(flow.NewVisit(d.Desk))
	d.TestClock.Advance(longest - time.Second)
	flowtest.MustSubmit(t, f, "username", "vtijdelijk", "password", "BCDF-GHJK-LMNP")
	d.TestClock.Advance(longest - time.Second)
	if flowtest.MustSubmit(t, f, "new", "Nieuw-huis-34", "again", "Nieuw-huis-34"); f.State() != "password stored" {
		t.Errorf("the next step has ended in %q", f.State())
	}
	f = flows.LogIn(flow.NewVisit(d.Desk))
	d.TestClock.Advance(longest)
	f.ExtendDeadline()
	d.TestClock.Advance(longest - time.Second)
	if flowtest.MustSubmit(t, f, wrong...); f.State() == flow.StateTimeUp {
		t.Error("more time was not enough")
	}
}

// TestVisit tests the data that a visit has about its customer, until the customer leaves.
func TestVisit(t *testing.T) {
	d := flowtest.New(t)
	v := flow.NewVisit(d.Desk)
	if v.LoggedIn() || v.Customer() != "" || v.IdleLimit() != d.Settings.IdleBefore || v.CheckLogin(t.Context()) != nil || v.Credential() != (flow.Credential{}) {
		t.Errorf("a visit begins with %q", v.Customer())
	}
	if err := v.LogOut(t.Context(), flow.ReasonLoggedOut); err != nil || len(d.AuditEntries(t)) != 0 {
		t.Errorf("that nobody left is in the audit log, or %v", err)
	}
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K06")
		c.Phone = "+31612345678"
		tx.PutCustomer(c)
	})
	v = d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	if !v.LoggedIn() || v.Customer() != "K06" || v.IdleLimit() != d.Settings.IdleAfter || v.Telephone != "+31612345678" || v.Language != "nl" {
		t.Errorf("logged in is %q, with %q in %q", v.Customer(), v.Telephone, v.Language)
	}
	if err := v.LogOut(t.Context(), flow.ReasonIdle); err != nil {
		t.Fatal(err)
	}
	want := store.AuditEntry{Terminal: "Utrecht 1", Visit: v.ID, Customer: "K06", Flow: "visit", Step: "logged in", Outcome: "idle for too long"}
	last := flowtest.LastElement(d.AuditEntries(t))
	if last.At = (time.Time{}); last != want || v.LoggedIn() || v.Telephone != "" || v.Language != "" {
		t.Errorf("leaving is noted as %+v, and known is still %q", last, v.Telephone)
	}
}

// leaver is an observer that logs a visit out as soon as a step is observed, which is before the flow moves on.
type leaver struct {
	t     *testing.T
	visit *flow.Visit
}

func (l *leaver) ObserveStep(string, string, string, time.Duration) {
	if err := l.visit.LogOut(l.t.Context(), flow.ReasonIdle); err != nil {
		l.t.Error(err)
	}
}

func (l *leaver) ObserveThrottle(desk.ThrottleReason) {}

// TestLogOutDuringStep tests that a visit that was logged out during a step keeps no facts of the customer.
func TestLogOutDuringStep(t *testing.T) {
	d := flowtest.New(t)
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	f := flows.ChangeUsername(v)
	if v.Name == "" {
		t.Fatal("the visit has no customer")
	}
	d.Observer = &leaver{t, v}
	flowtest.MustSubmit(t, f, "username", "gbruikers", "password", "Fout-wacht1")
	if v.HasCustomer() || v.Name != "" || v.Telephone != "" || len(v.ForbiddenPasswords()) > 1 {
		t.Errorf("after the logout, the visit has %q, %q and %q", v.Name, v.Telephone, v.ForbiddenPasswords())
	}
}

// TestRead tests that nothing is read for a customer whose login was ended elsewhere, and that errors of the store are
// returned.
func TestRead(t *testing.T) {
	d := flowtest.New(t)
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	broken := errors.New("broken")
	if err := v.ReadAsCustomer(t.Context(), func(*store.Tx) error { return broken }); err != broken {
		t.Errorf("got %v", err)
	}
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.Account("K06")
		a.PasswordGeneration++
		tx.PutAccount(a)
	})
	if err := v.ReadAsCustomer(t.Context(), func(*store.Tx) error { t.Error("it was read"); return nil }); err != flow.ErrLoginEnded {
		t.Errorf("got %v", err)
	}
	a := store.Account{Customer: "K06", PasswordGeneration: 1, Passkeys: []store.Passkey{{ID: []byte("1")}}}
	v.RenewLogin(a)
	if err := v.CheckLogin(t.Context()); err != nil {
		t.Errorf("renewed, it ends: %v", err)
	}
	v.LogIn(a, store.Customer{}, []byte("1"))
	before := v.Credential()
	if v.RenewLogin(a); v.Credential() != before {
		t.Error("a phone that is still there was forgotten")
	}
	a.Passkeys = nil
	if v.RenewLogin(a); v.Credential() == before || v.CheckLogin(t.Context()) != nil {
		t.Error("the phone that was removed was not forgotten")
	}
}

// TestLeavings tests that every LogOutReason has a text in both languages.
func TestLeavings(t *testing.T) {
	for _, why := range []flow.LogOutReason{flow.ReasonLoggedOut, flow.ReasonIdle, flow.ReasonTimeUp, flow.ReasonDisconnected, flow.ReasonLoginRevoked} {
		if says := flow.LogOutText(store.AuditEntry{Step: "logged in", Outcome: string(why)}); says.NL == "" || says.EN == "" {
			t.Errorf("%s is told %q", why, says)
		}
		if says := flow.LogOutText(store.AuditEntry{Step: "card open", Outcome: string(why)}); says != (text.Text{}) {
			t.Errorf("the customer is told %q of a card", says)
		}
	}
}

// TestWrongElsewhere tests that VerdictWrongAtTerminal counts at the terminal and for all terminals together, but not against
// the subject.
func TestWrongElsewhere(t *testing.T) {
	d := flowtest.New(t)
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	for range 3 {
		flowtest.MustSubmit(t, flows.ChangeUsername(v), "username", "bpost22", "password", "Eigen-huis12")
	}
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.Account("K08")
		a.Username = "bpost22"
		tx.PutAccount(a)
	})
	before := rate(d, t)
	v = d.LogIn(t, "bpost22", "Brieven-bus8").Visit()
	for range 3 {
		flowtest.MustSubmit(t, flows.ChangeUsername(v), "username", "gbruikers", "password", "Brieven-bus8")
	}
	d.View(t, func(tx *store.Tx) {
		if wrong := tx.WrongAttempts(desk.PasswordThrottleKey("bpost22"), time.Hour).Wrong; wrong != 0 {
			t.Errorf("%d wrong passwords", wrong)
		}
		if wrong := len(tx.RecentAttempts(d.Terminal, time.Hour).Wrong); wrong != 3 {
			t.Errorf("%d wrong answers at the terminal", wrong)
		}
	})
	if got := rate(d, t) - before; got != 3 {
		t.Errorf("%d wrong answers over all", got)
	}
}

// rate returns the number of wrong answers at all terminals in the current minute.
func rate(d *flowtest.Desk, t *testing.T) (wrong int) {
	d.View(t, func(tx *store.Tx) {
		for shard := range store.GlobalRateShards {
			if r := tx.GlobalRate(shard); r.Minute == tx.Now.Unix()/60 {
				wrong += r.Wrong
			}
		}
	})
	return wrong
}

// TestRateOfAMinute tests that wrong answers at all terminals are counted per minute.
func TestRateOfAMinute(t *testing.T) {
	d := flowtest.New(t)
	guess := func() { d.LogIn(t, "niemand", "Fout-wacht1") }
	d.TestClock.Advance(58 * time.Second)
	guess()
	if guess(); rate(d, t) != 2 {
		t.Errorf("%d in this minute", rate(d, t))
	}
	d.TestClock.Advance(2 * time.Second)
	if rate(d, t) != 0 {
		t.Errorf("%d in the next one", rate(d, t))
	}
	if guess(); rate(d, t) != 1 {
		t.Errorf("%d after one more", rate(d, t))
	}
}

// TestBreaks tests that a step does not move on if the store fails.
func TestBreaks(t *testing.T) {
	d := flowtest.New(t)
	flowtest.FailEachStepCall(t, d, func() *flow.Flow { return flows.LogIn(flow.NewVisit(d.Desk)) }, "username", "ohoeve", "password", "Eigen-huis12")
	flowtest.FailEachStepCall(t, d, func() *flow.Flow {
		return flowtest.MustSubmit(t, flows.PlaceAt(place.LogInWithApp).Begin(flow.NewVisit(d.Desk)))
	})
	flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
		f := flowtest.MustSubmit(t, flows.PlaceAt(place.LogInWithApp).Begin(flow.NewVisit(d.Desk)))
		return d, func() error { return f.Abandon(t.Context()) }
	})
	flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
		f := flowtest.MustSubmit(t, flows.PlaceAt(place.LogInWithApp).Begin(flow.NewVisit(d.Desk)))
		return d, func() error {
			still, err := f.PendingCheckFunc()(t.Context())
			if err == nil && !still {
				t.Error("it does not wait")
			}
			return err
		}
	})
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) { return d, func() error { return v.CheckLogin(t.Context()) } })
	flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		return d, func() error { return v.LogOut(t.Context(), flow.ReasonLoggedOut) }
	})
}

// TestPadding tests that a neutral answer takes the configured time and up to a fifth more, or no extra time if the setting is
// zero.
func TestPadding(t *testing.T) {
	d := flowtest.New(t)
	answer := func() (took time.Duration) {
		d.TestClock.TakeWaits()
		began := d.TestClock.Now()
		flowtest.MustSubmit(t, flows.ForgottenUsername(flow.NewVisit(d.Desk)), "birth date", "1-1-1960", "postcode", "3500AA", "house number", "1", "product number", "1")
		return d.TestClock.Now().Sub(began)
	}
	d.Settings.TerminalTries, d.Settings.RushTries = 1e6, 1e6
	takes, longest := d.Settings.Neutral, time.Duration(0)
	for range 200 {
		took := answer().Truncate(time.Millisecond)
		if took < takes || took > takes+takes/5 {
			t.Fatalf("it took %v", took)
		}
		longest = max(longest, took)
	}
	if longest < takes+takes*18/100 {
		t.Errorf("in 200 times it took %v at most", longest)
	}
	d.Settings.Neutral = 0
	for range 10 {
		answer()
		if waited := d.TestClock.TakeWaits(); slices.ContainsFunc(waited, func(w time.Duration) bool { return w > 0 }) {
			t.Fatalf("it waited %v", waited)
		}
	}
}

// TestWaitNote tests that the note after an answer that came too soon counts down, and says when the wait is over.
func TestWaitNote(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		tx.PutAttempts(desk.PasswordThrottleKey("ohoeve"), store.Attempts{PerTerminal: map[string]store.Attempts{d.Terminal: {Wrong: 5, NotBefore: tx.Now.Add(10 * time.Second), Last: tx.Now}}})
	})
	f := d.LogIn(t, "ohoeve", "Eigen-huis12")
	for f.AnswerNote()().EN != "Too many wrong answers were given. You can try again now." {
		says := f.AnswerNote()().EN
		if !strings.HasPrefix(says, "Too many wrong answers were given. Try again in ") || strings.Contains(says, " 0 ") {
			t.Fatalf("it says %q", says)
		}
		d.TestClock.Advance(time.Microsecond * 100_000)
	}
}

// TestShards tests that terminals are spread over the counters of wrong answers, so that their transactions seldom conflict.
func TestShards(t *testing.T) {
	d := flowtest.New(t)
	for n := range 20 {
		d.DeskAtTerminal(fmt.Sprint("Terminal ", n)).LogIn(t, fmt.Sprint("niemand", n), "Fout-wacht1")
	}
	shards := 0
	d.View(t, func(tx *store.Tx) {
		for shard := range store.GlobalRateShards {
			if tx.GlobalRate(shard).Wrong > 0 {
				shards++
			}
		}
	})
	if shards < store.GlobalRateShards/2 {
		t.Errorf("20 terminals count at %d of %d places", shards, store.GlobalRateShards)
	}
}

// TestFaults tests that an outcome without an edge, and work that fails, are errors that change neither the store nor the
// current step.
func TestFaults(t *testing.T) {
	d := flowtest.New(t)
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		do   func(*store.Tx) (flow.Outcome, error)
		says string
	}{
		"nowhere": {func(tx *store.Tx) (flow.Outcome, error) { tx.BeginErasure("K06"); return "unheard of", nil }, `no edge from "first" for outcome "unheard of"`},
		"fails":   {func(tx *store.Tx) (flow.Outcome, error) { tx.BeginErasure("K06"); return "", broken }, "broken"},
	} {
		f := (&flow.Flow{Name: "test", Start: "first", Steps: map[flow.State]flow.Step{
			"first": {Title: text.NewFunc("a", "a"), Do: test.do, Next: map[flow.Outcome]flow.Edge{"done": {To: "first"}}},
		}}).Begin(flow.NewVisit(d.Desk))
		before := string(d.DumpStore(t))
		if err := f.Submit(t.Context(), nil); err == nil || !strings.Contains(err.Error(), test.says) || f.State() != "first" {
			t.Errorf("%s: %v, at %q", name, err, f.State())
		}
		if string(d.DumpStore(t)) != before {
			t.Errorf("%s: something changed", name)
		}
	}
}
