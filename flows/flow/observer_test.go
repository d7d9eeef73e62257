package flow_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
)

// onlooker records the calls of an observer.
type onlooker struct {
	desk *flowtest.Desk
	told []string
	took []time.Duration
}

func (o *onlooker) ObserveStep(table, step, outcome string, took time.Duration) {
	known := "committed"
	entries := collectFrom(o.desk.Store) // The observer must never be called during a transaction.
	if len(entries) == 0 || entries[len(entries)-1].Outcome != outcome {
		known = "not committed"
	}
	o.told = append(o.told, fmt.Sprintf("%s, %s: %s, %s", table, step, outcome, known))
	o.took = append(o.took, took)
}

func (o *onlooker) ObserveThrottle(by desk.ThrottleReason) {
	o.told = append(o.told, "throttled: "+string(by))
}

func collectFrom(s *store.Store) (entries []store.AuditEntry) {
	_ = s.View(context.Background(), func(tx *store.Tx) error { entries = flowtest.CollectAll(auditlog.AllEntries(tx)); return nil })
	return entries
}

// hears returns the calls that were recorded since the previous call of hears.
func (o *onlooker) hears() (told []string) {
	told, o.told = o.told, nil
	return told
}

// overlooked adds an observer to a desk.
func overlooked(d *flowtest.Desk) *onlooker {
	o := &onlooker{desk: d}
	d.Observer = o
	return o
}

// TestObserver tests the calls of an observer, and their order.
func TestObserver(t *testing.T) {
	d := flowtest.New(t)
	o := overlooked(d)
	hears := func(want ...string) {
		t.Helper()
		if got := o.hears(); !slices.Equal(got, want) {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
	invalid := flows.LogIn(flow.NewVisit(d.Desk)).Submit(t.Context(), flowtest.AnswersFromPairs("username", "ohoeve", "password", ""))
	if _, is := errors.AsType[*flow.InvalidAnswers](invalid); !is {
		t.Fatal(invalid)
	}
	hears()
	const step = "log in, ask credentials: "
	d.LogIn(t, "ohoeve", "Fout-wacht1")
	hears(step + string(credentials.OutcomeWrong) + ", committed")
	f := d.LogIn(t, "OHoeve", "Eigen-huis12")
	hears(step + string(credentials.OutcomeRight) + ", committed")
	// An older password generation imitates a password that was changed at another terminal.
	f.Visit().LogIn(store.Account{Customer: "K06", PasswordGeneration: -1}, store.Customer{}, nil)
	flowtest.MustSubmit(t, flows.ChangeLanguage(f.Visit()), "language", "en")
	hears("change language, ask new: " + string(flow.ReasonLoginRevoked) + ", committed")
	guess(d, t, 4, "ohoeve")
	o.hears()
	d.LogIn(t, "ohoeve", "Fout-wacht1")
	hears(step+string(flow.OutcomeTooSoon)+", committed", "throttled: too soon")
}

// TestObserverOfPauses tests that an observer is told of the pause of a terminal, and of a rush.
func TestObserverOfPauses(t *testing.T) {
	d := flowtest.New(t)
	d.Settings.Neutral = 0 // Without the neutral delay, the measured time is only that of the work.
	o := overlooked(d)
	d.Update(t, func(tx *store.Tx) {
		tx.PutRecentTimes(d.Terminal, store.RecentTimes{PausedUntil: tx.Now.Add(time.Hour)})
		for shard := range store.GlobalRateShards {
			tx.PutGlobalRate(shard, store.GlobalRate{Minute: tx.Now.Unix() / 60, Wrong: 2 * d.Settings.RushTries / store.GlobalRateShards})
		}
	})
	d.LogIn(t, "ohoeve", "Eigen-huis12")
	want := []string{"throttled: rush", "log in, ask credentials: " + string(flow.OutcomePaused) + ", committed", "throttled: paused"}
	if got := o.hears(); !slices.Equal(got, want) {
		t.Errorf("heard %q, want %q", got, want)
	}
	if o.took[0] > time.Millisecond || len(d.TestClock.TakeWaits()) == 0 {
		t.Errorf("a wait counted as %v of work", o.took)
	}
}

// twice is an engine that runs every transaction a first time without effect, as real engines may do. If fails is set, every
// transaction fails with that error.
type twice struct {
	kvdb.Engine
	fails error
}

func (e *twice) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	again := errors.New("once more")
	if err := e.Engine.Update(ctx, func(kv kvdb.KV) error { return errors.Join(fn(kv), again) }); !errors.Is(err, again) || e.fails != nil {
		return errors.Join(err, e.fails)
	}
	return e.Engine.Update(ctx, fn)
}

// TestObserverHearsOnce tests that an observer is called once for a transaction that ran twice, and never for a transaction
// that failed.
func TestObserverHearsOnce(t *testing.T) {
	d := flowtest.New(t)
	o := overlooked(d)
	e := &twice{Engine: d.Engine.Engine}
	d.Engine.Engine = e
	d.LogIn(t, "OHoeve", "Eigen-huis12")
	if got := o.hears(); len(got) != 1 {
		t.Errorf("heard %q", got)
	}
	e.fails = kvdb.ErrTooManyConflicts
	err := flows.LogIn(flow.NewVisit(d.Desk)).Submit(t.Context(), flowtest.AnswersFromPairs("username", "OHoeve", "password", "Eigen-huis12"))
	if got := o.hears(); !errors.Is(err, kvdb.ErrTooManyConflicts) || len(got) != 0 {
		t.Errorf("heard %q of %v", got, err)
	}
}

// TestObserverIsInNobodysWay calls an observer from several visits at the same time.
func TestObserverIsInNobodysWay(t *testing.T) {
	d := flowtest.New(t)
	c := &counter{}
	d.Observer = c
	var all sync.WaitGroup
	for n := range 8 {
		at := d.DeskAtTerminal(fmt.Sprint("terminal ", n))
		all.Go(func() { at.LogIn(t, "OHoeve", "Eigen-huis12") })
	}
	all.Wait()
	if c.steps != 8 {
		t.Errorf("%d steps were told of", c.steps)
	}
}

type counter struct {
	mu    sync.Mutex
	steps int
}

func (c *counter) ObserveStep(string, string, string, time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps++
}

func (c *counter) ObserveThrottle(desk.ThrottleReason) {}
