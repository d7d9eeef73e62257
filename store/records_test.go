package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/store"
	"loket/store/fixture"
)

// TestHoldings: a product that was applied for is visible once its number was used, and
// is held once.
func TestHoldings(t *testing.T) {
	c := store.Customer{Holdings: []store.Holding{{Product: "P1"}, {Product: "P2", Application: "A1"}, {Product: "P3", Application: "A1", OpenedAt: fixture.MondayNoon}}}
	for id, shows := range map[store.ProductID]bool{"P1": true, "P2": false, "P3": true} {
		if h := c.Holding(id); h == nil || h.Product != id || h.IsVisible() != shows {
			t.Errorf("%s: %+v", id, h)
		}
	}
	if h := c.Holding("P4"); h != nil {
		t.Errorf("what is not held is %+v", h)
	}
	c.AddHolding("P4").Application = "A2"
	c.AddHolding("P1").OpenedAt = fixture.MondayNoon
	fixture.RequireEqual(t, len(c.Holdings), 4)
	fixture.RequireEqual(t, *c.Holding("P4"), store.Holding{Product: "P4", Application: "A2"})
	fixture.RequireEqual(t, *c.Holding("P1"), store.Holding{Product: "P1", OpenedAt: fixture.MondayNoon})
}

// TestDeskChanges: changes at the desk are noted, fact by fact, and an import keeps these
// facts; a record from before changes were noted shows only that there were some.
func TestDeskChanges(t *testing.T) {
	before := fixture.CustomerBerg
	before.Origin = before.LineFingerprint()
	fixture.RequireEqual(t, before.FactsChangedAtDesk(), store.DeskChanges{})
	for name, test := range map[string]struct {
		change func(*store.Customer)
		want   store.DeskChanges
	}{
		"nothing":  {func(*store.Customer) {}, store.DeskChanges{}},
		"e-mail":   {func(c *store.Customer) { c.Email = "new@example.org" }, store.DeskChanges{Email: true, BankFacts: store.BankFacts{Email: &before.Email}}},
		"phone":    {func(c *store.Customer) { c.Phone = "" }, store.DeskChanges{Phone: true, BankFacts: store.BankFacts{Phone: &before.Phone}}},
		"language": {func(c *store.Customer) { c.Language = "en" }, store.DeskChanges{Language: true, BankFacts: store.BankFacts{Language: &before.Language}}},
		"print":    {func(c *store.Customer) { c.LetterPrint = store.LargePrint }, store.DeskChanges{LetterPrint: true, BankFacts: store.BankFacts{LetterPrint: new(string)}}},
	} {
		c := before
		test.change(&c)
		c.NoteDeskChanges(before)
		fixture.RequireEqual(t, c.DeskChanges, test.want)
		again := c
		again.Email = "newer@example.org"
		again.NoteDeskChanges(c)
		want := test.want
		want.Email, want.BankFacts.Email = true, &before.Email
		fixture.RequireEqual(t, again.DeskChanges, want)
		back := again
		back.Email = before.Email
		back.NoteDeskChanges(again)
		want.Email, want.BankFacts.Email = false, nil // two values only if they differ
		fixture.RequireEqual(t, back.DeskChanges, want)
		imported := fixture.CustomerBerg
		imported.Street = "Dorpsstraat"
		c.DeskChanges.CopyMarkedFacts(&imported, c)
		if imported.Email != c.Email || imported.Phone != c.Phone || imported.Language != c.Language || imported.LetterPrint != c.LetterPrint || imported.Street != "Dorpsstraat" {
			t.Errorf("%s: imported as %+v", name, imported)
		}
	}
	old := before
	old.Phone = "" // when nothing was noted
	fixture.RequireEqual(t, old.FactsChangedAtDesk(), store.DeskChanges{OthersUnknown: true})
	old.LetterPrint = store.LargePrint // the bank's print is known, because every change of it was noted
	noted := old
	noted.LetterPrint = ""
	noted.NoteDeskChanges(old)
	fixture.RequireEqual(t, noted.DeskChanges, store.DeskChanges{OthersUnknown: true, LetterPrint: true, BankFacts: store.BankFacts{LetterPrint: (*string)(&old.LetterPrint)}})
	held := before
	held.AddHolding("P1")
	fixture.RequireEqual(t, held.FactsChangedAtDesk(), store.DeskChanges{})
}

// TestNumberStates: the state of a number follows from its facts and the time.
func TestNumberStates(t *testing.T) {
	n := store.ActivationNumber{Expires: fixture.MondayNoon}
	used, revoked, both := n, n, n
	used.Used, revoked.Revoked = fixture.MondayNoon, fixture.MondayNoon
	both.Used, both.Revoked = fixture.MondayNoon, fixture.MondayNoon
	for name, test := range map[string]struct {
		n    store.ActivationNumber
		at   time.Time
		want store.NumberState
	}{
		"issued":  {n, fixture.MondayNoon.Add(-1), store.NumberIssued},
		"expired": {n, fixture.MondayNoon, store.NumberExpired},
		"used":    {used, fixture.MondayNoon, store.NumberUsed},
		"revoked": {revoked, fixture.MondayNoon, store.NumberRevoked},
		"both":    {both, fixture.MondayNoon, store.NumberUsed},
	} {
		if got := test.n.NumberStateAt(test.at); got != test.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestNumberTail: the last four digits are stored, or all of fewer.
func TestNumberTail(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		for digits, tail := range map[string]string{"481620957733": "7733", "12345": "2345", "1234": "1234", "123": "123"} {
			tx.PutNumber(store.ActivationNumber{Number: digits})
			n, found := tx.NumberByID(tx.NumberID(digits))
			if !found || n.Tail != tail || n.Number != "" {
				t.Errorf("%s is kept as %+v", digits, n)
			}
		}
		if n, found := tx.NumberByID(""); found {
			t.Errorf("no number is %+v", n)
		}
		if n, found := tx.Number("999999999999"); found || n.Number != "" {
			t.Errorf("a number that nobody has is %+v", n)
		}
	})
}

// TestChallengeOpen: a challenge is unanswered until it is answered or expires.
func TestChallengeOpen(t *testing.T) {
	c := store.Challenge{Expires: fixture.MondayNoon}
	answered := store.Challenge{Expires: fixture.MondayNoon, Answer: store.AnswerDeclined}
	if !c.IsUnanswered(fixture.MondayNoon.Add(-1)) || c.IsUnanswered(fixture.MondayNoon) || answered.IsUnanswered(fixture.MondayNoon.Add(-1)) {
		t.Error("it is open when it is not, or not when it is")
	}
}

// TestBounded: waits and pauses end within their setting from now, and wrong answers in
// the future are ignored.
func TestBounded(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	const longest = time.Minute
	for ahead, want := range map[time.Duration]time.Duration{-time.Second: -time.Second, longest: longest, longest + time.Second: longest} {
		fixture.MustUpdate(t, s, func(tx *store.Tx) {
			tx.PutAttempts("x", store.Attempts{Wrong: 3, NotBefore: tx.Now.Add(ahead)})
			tx.PutRecentTimes("T", store.RecentTimes{PausedUntil: tx.Now.Add(ahead), Times: []time.Time{tx.Now.Add(-1), tx.Now, tx.Now.Add(1)}})
			if a := tx.WrongAttempts("x", longest); a.Wrong != 3 || !a.NotBefore.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: %+v", ahead, a)
			}
			if a := tx.RecentTimes("T", longest); len(a.Times) != 2 || !a.PausedUntil.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: %+v", ahead, a)
			}
			if at := tx.AttemptsWaitEnd("x", "", longest); !at.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: waits until %v", ahead, at)
			}
			if at := tx.PauseEnd("T", longest); !at.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: pauses until %v", ahead, at)
			}
			// Bounded once, they end.
			if a := tx.WrongAttempts("x", 2*longest); !a.NotBefore.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: kept as %+v", ahead, a)
			}
			if a := tx.RecentTimes("T", 2*longest); !a.PausedUntil.Equal(tx.Now.Add(want)) {
				t.Errorf("%v: kept as %+v", ahead, a)
			}
		})
	}
}

// TestScheduleKey: an invalid key is refused, whatever it lacks.
func TestScheduleKey(t *testing.T) {
	key := store.ScheduleKey(store.ByLetter, fixture.MondayNoon, "m")
	channel, due, err := store.ParseScheduleKey(key)
	if err != nil || channel != store.ByLetter || due != (store.DueEntry{Message: "m", At: fixture.MondayNoon}) {
		t.Errorf("%s, %+v, %v", channel, due, err)
	}
	for _, bad := range []string{"", "turn/fax/" + key[len("turn/letter/"):], strings.TrimSuffix(key, "m"), strings.Replace(key, "0", "x", 1), "turn/letter/"} {
		if _, _, err := store.ParseScheduleKey(bad); err == nil {
			t.Errorf("%q is a key", bad)
		}
	}
}

// TestActivityIsForgotten: an entry is removed from its activity, and a customer's
// entries are removed together.
func TestActivityIsForgotten(t *testing.T) {
	o := newOutbox(t)
	record := func(outcome string, id store.CustomerID) store.AuditEntry {
		e := store.AuditEntry{Outcome: outcome, Customer: id}
		fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.RecordAudit(e); e.At = tx.Now })
		o.now = o.now.Add(time.Second)
		return e
	}
	first := record("first", "K1")
	record("second", "K1")
	record("other", "K2")
	outcomes := func(id store.CustomerID) (all []string) {
		fixture.MustView(t, o.Store, func(tx *store.Tx) {
			for e := range tx.CustomerActivity(id) {
				all = append(all, e.Outcome)
			}
			if !tx.HasQueuedAudit() {
				t.Error("nothing is queued")
			}
		})
		return all
	}
	fixture.MustUpdate(t, o.Store, func(tx *store.Tx) { tx.ForgetActivityEntry(first) })
	fixture.RequireEqual(t, outcomes("K1"), []string{"second"})
	if err := o.ForgetCustomerActivity(t.Context(), "K1"); err != nil {
		t.Fatal(err)
	}
	if left := outcomes("K1"); len(left) > 0 || !slices.Equal(outcomes("K2"), []string{"other"}) {
		t.Errorf("left are %q", left)
	}
	empty := newOutbox(t)
	fixture.MustView(t, empty.Store, func(tx *store.Tx) {
		if tx.HasQueuedAudit() {
			t.Error("something is queued where nothing was recorded")
		}
	})
}

// TestDeleteNumber: an application still records a deleted number if it was the newest,
// and otherwise still has its newest one.
func TestDeleteNumber(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutApplication(store.Application{ID: "A1", Applicants: []store.CustomerID{"K1"}})
		for _, digits := range []string{"000000000000", "111111111111", "222222222222"} {
			tx.IssueNumber(store.ActivationNumber{Number: digits, Customer: "K1", Application: "A1"})
		}
		latest := func() store.NumberID { a, _ := tx.Application("A1"); return a.LatestNumbers["K1"] }
		before := func() store.NumberID { a, _ := tx.Application("A1"); return a.PreviousNumbers["K1"] }
		tx.DeleteNumber(tx.NumberID("000000000000"))
		fixture.RequireEqual(t, before(), tx.NumberID("111111111111"))
		tx.DeleteNumber(tx.NumberID("111111111111"))
		fixture.RequireEqual(t, before(), "")
		fixture.RequireEqual(t, latest(), tx.NumberID("222222222222"))
		tx.PutNumber(store.ActivationNumber{Number: "333333333333", Customer: "K1", Application: "A9"})
		tx.DeleteNumber(tx.NumberID("333333333333")) // without its application
		if _, found := tx.Application("A9"); found {
			t.Error("an application came of it")
		}
		tx.DeleteNumber(tx.NumberID("222222222222"))
		fixture.RequireEqual(t, latest(), "")
		if _, found := tx.Number("222222222222"); found {
			t.Error("it is still there")
		}
	})
}

// TestPasskeys: an account finds each of its passkeys, and no other.
func TestPasskeys(t *testing.T) {
	a := store.Account{Passkeys: []store.Passkey{{ID: []byte("1"), Name: "one"}, {ID: []byte("2"), Name: "two"}}}
	for id, name := range map[string]string{"1": "one", "2": "two"} {
		if k := a.Passkey([]byte(id)); k == nil || k.Name != name {
			t.Errorf("%s: %+v", id, k)
		}
	}
	if k := a.Passkey([]byte("3")); k != nil {
		t.Errorf("found %+v", k)
	}
	a.Passkey([]byte("2")).Counter = 7
	fixture.RequireEqual(t, a.Passkeys[1].Counter, 7)
}
