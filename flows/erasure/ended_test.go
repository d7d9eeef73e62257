package erasure_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/erasure"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/check"
	"loket/store/fixture"
	"loket/store/kvdb"
)

const (
	day  = 24 * time.Hour
	keep = 5 * 366 * day
)

// term is the term at the start of a test.
var term = erasure.Term{Now: flowtest.StartTime, Keep: keep}

// longAgo is when something ended that is due, and not yet is one microsecond too early for that.
var (
	longAgo = flowtest.StartTime.Add(-keep - time.Microsecond)
	notYet  = flowtest.StartTime.Add(-keep)
)

// eraseEnded erases who is due, and returns the number that was recorded in the audit log.
func eraseEnded(ctx context.Context, d *desk.Desk, t erasure.Term) (customers, recorded int, err error) {
	customers, err = erasure.EraseEnded(ctx, d, t, func(tx *store.Tx, n int) {
		recorded += n
		tx.RecordAudit(store.AuditEntry{Flow: "upkeep", Step: "retention", Outcome: fmt.Sprint("erased ", n)})
	})
	return customers, recorded, err
}

// putEnded puts a customer who was removed long ago, with an account that has a phone, a closed product, a message that was sent, a
// used number of an application for the product, and entries in the audit log.
func putEnded(t *testing.T, d *flowtest.Desk, id store.CustomerID, facts ...func(*store.Tx, *store.Customer)) {
	t.Helper()
	d.Update(t, func(tx *store.Tx) {
		c := flowtest.NewCustomer(id, "E.", "Einde"+string(id), "1961-04-09", "9977 ZX", 77)
		c.Ended, c.Origin = longAgo, 7
		product, application := productOf(id), store.ApplicationID("A"+id)
		flowtest.PutProduct(tx, store.Product{ID: product, Kind: store.KindLife, Name: "Leven", Number: "L-" + string(id), Holders: []store.CustomerID{id}, Closed: longAgo.AddDate(0, 0, -1).Format(time.DateOnly)})
		tx.PutApplication(store.Application{ID: application, Product: product, Applicants: []store.CustomerID{id}})
		*c.AddHolding(product) = store.Holding{Product: product, Application: application, OpenedAt: longAgo}
		tx.PutCustomer(c)
		n := store.ActivationNumber{Number: fmt.Sprintf("%012s", id[1:]), Customer: id, Application: application, Issued: longAgo, Expires: tx.Now.Add(day)}
		tx.IssueNumber(n)
		n.Used = longAgo
		tx.PutNumber(n)
		tx.PutAccount(store.Account{Customer: id, Username: "naam-" + string(id), PasswordHash: flowtest.FakeHash("w"), HasLoggedIn: true, UserHandle: []byte("handle " + id)})
		tx.PutMessage(store.Message{Customer: id, Channel: store.ByEmail, Template: "username", To: []string{string(id) + "@example.org"}})
		for m := range tx.Messages() {
			if m.Customer == id {
				tx.MarkSent(m)
			}
		}
		tx.RecordAudit(store.AuditEntry{Flow: "log in", Step: "ask", Outcome: "logged in", Customer: id, Note: "Belde over " + string(id)})
		for _, fact := range facts {
			fact(tx, &c)
			tx.PutCustomer(c)
		}
	})
}

// productOf returns the ID of the product that putEnded gives a customer. It does not have the customer's ID in it.
func productOf(id store.CustomerID) store.ProductID { return store.ProductID("Q" + id[1:]) }

// opened returns every record with its seal opened, by its key.
func opened(t *testing.T, d *flowtest.Desk) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := d.Engine.Engine.View(t.Context(), func(kv kvdb.KV) error {
		for _, table := range store.AllTables() {
			for key, value := range kv.Scan(table + "/") {
				text, err := d.Keys.Unseal(key, value)
				if err != nil {
					text = value
				}
				all[key] = string(text)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// tracesOf returns the tables that have a record about a customer, by their ID or by the key of their record or account.
func tracesOf(t *testing.T, d *flowtest.Desk, id store.CustomerID) (tables []string) {
	t.Helper()
	traces := []string{string(id)}
	d.View(t, func(tx *store.Tx) {
		traces = append(traces, tx.CustomerKey(id), tx.AccountKey(id), tx.AddresseeKey(id), tx.ActivityTableFor(store.AuditEntry{Customer: id}))
	})
	found := map[string]bool{}
	for key, text := range opened(t, d) {
		for _, trace := range traces {
			if strings.Contains(key, trace) || strings.Contains(text, trace) {
				found[kvdb.TableFromKey(key)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// requireSound checks that every index leads to a record, and that the audit log was not damaged.
func requireSound(t *testing.T, d *flowtest.Desk) {
	t.Helper()
	if _, err := check.CheckStore(t.Context(), d.Store, func(p check.Problem) { t.Error(p) }, func(done, all int) {}); err != nil {
		t.Fatal(err)
	}
	if log, err := auditlog.Verify(t.Context(), d.Store, d.Store.Verifier(), nil); err != nil || log.Fault != nil {
		t.Errorf("the audit log: %v, %v", log.Fault, err)
	}
}

// TestWhoGoes tests who is erased, to the microsecond, and that of others nothing changes.
func TestWhoGoes(t *testing.T) {
	closed := func(day time.Time) func(*store.Tx, *store.Customer) {
		return func(tx *store.Tx, c *store.Customer) {
			p, _ := tx.Product(c.Holdings[0].Product)
			if p.Closed = ""; !day.IsZero() {
				p.Closed = day.Format(time.DateOnly)
			}
			tx.PutProduct(p)
		}
	}
	application := func(change func(tx *store.Tx, a *store.Application)) func(*store.Tx, *store.Customer) {
		return func(tx *store.Tx, c *store.Customer) {
			closed(time.Time{})(tx, c)
			c.Holdings = nil
			a, _ := tx.Application(store.ApplicationID("A" + c.ID))
			change(tx, &a)
			tx.PutApplication(a)
		}
	}
	number := func(state func(*store.ActivationNumber)) func(*store.Tx, *store.Application) {
		return func(tx *store.Tx, a *store.Application) {
			n, _ := tx.NumberByID(a.LatestNumbers[a.Applicants[0]])
			state(&n)
			tx.PutNumber(n)
		}
	}
	message := func(end func(*store.Tx, store.Message)) func(*store.Tx, *store.Customer) {
		return func(tx *store.Tx, c *store.Customer) {
			tx.PutMessage(store.Message{Customer: c.ID, Channel: store.ByLetter, Template: "call_back"})
			for m := range tx.Messages() {
				if m.Customer == c.ID && m.SendState() == store.MessageWaiting {
					end(tx, m)
				}
			}
		}
	}
	for name, test := range map[string]struct {
		facts func(*store.Tx, *store.Customer)
		goes  bool
	}{
		"removed long ago":     {func(_ *store.Tx, c *store.Customer) {}, true},
		"removed too recently": {func(_ *store.Tx, c *store.Customer) { c.Ended = notYet }, false},
		"came back":            {func(_ *store.Tx, c *store.Customer) { c.Ended = time.Time{} }, false},
		"blocked long ago":     {func(_ *store.Tx, c *store.Customer) { c.Ended, c.Blocked = time.Time{}, longAgo }, false},
		"deceased long ago": {func(_ *store.Tx, c *store.Customer) {
			c.Ended, c.Status, c.DeceasedSince = time.Time{}, store.CustomerDeceased, longAgo
		}, true},
		"deceased too recently": {func(_ *store.Tx, c *store.Customer) {
			c.Ended, c.Status, c.DeceasedSince = time.Time{}, store.CustomerDeceased, notYet
		}, false},
		"last product ended later": {func(_ *store.Tx, c *store.Customer) { c.LastProductEnd = notYet }, false},
		"product goes on":          {closed(time.Time{}), false},
		"product closed recently":  {closed(notYet.AddDate(0, 0, 1)), false},
		"product removed recently": {func(tx *store.Tx, c *store.Customer) {
			p, _ := tx.Product(productOf(c.ID))
			tx.EndProduct(p)
		}, false},
		"product retired": {func(tx *store.Tx, c *store.Customer) { tx.RetireProduct(productOf(c.ID)); c.Holdings = nil }, true},
		"product of others goes on": {func(tx *store.Tx, c *store.Customer) {
			p, _ := tx.Product("P14")
			p.Holders = append(p.Holders, c.ID)
			tx.PutProduct(p)
			c.AddHolding(p.ID)
		}, false},
		"application that runs":           {application(number(func(n *store.ActivationNumber) { n.Used = time.Time{} })), false},
		"application with expired number": {application(number(func(n *store.ActivationNumber) { n.Used, n.Expires = time.Time{}, longAgo })), false},
		"application without a number yet": {application(func(tx *store.Tx, a *store.Application) {
			tx.DeleteNumber(a.LatestNumbers[a.Applicants[0]])
			a.LatestNumbers = nil
		}), false},
		"application whose number was used": {application(func(*store.Tx, *store.Application) {}), true},
		"application whose number was deleted": {application(func(tx *store.Tx, a *store.Application) {
			tx.DeleteNumber(a.LatestNumbers[a.Applicants[0]])
			*a, _ = tx.Application(a.ID)
		}), true},
		"application that was withdrawn": {application(func(tx *store.Tx, a *store.Application) {
			number(func(n *store.ActivationNumber) { n.Used = time.Time{} })(tx, a)
			a.Ended = longAgo
		}), true},
		"application for an account that runs": {application(func(tx *store.Tx, a *store.Application) {
			number(func(n *store.ActivationNumber) { n.Used = time.Time{} })(tx, a)
			tx.DeleteProduct(a.Product)
			a.Product = ""
		}), false},
		"message that waits": {message(func(*store.Tx, store.Message) {}), false},
		"message given up":   {message(func(tx *store.Tx, m store.Message) { tx.MarkDead(m, "refused") }), true},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			putEnded(t, d, "E0001", test.facts)
			before := opened(t, d)
			want := 0
			if test.goes {
				want = 1
			}
			if n, err := erasure.CountEnded(t.Context(), d.Store, term); n != want || err != nil || !maps.Equal(opened(t, d), before) {
				t.Errorf("%d would be erased, want %d: %v; or counting changed something", n, want, err)
			}
			if n, recorded, err := eraseEnded(t.Context(), d.Desk, term); n != want || recorded != want || err != nil {
				t.Errorf("%d are erased, and %d recorded, want %d: %v", n, recorded, want, err)
			}
			if traces := tracesOf(t, d, "E0001"); (len(traces) == 0) != test.goes {
				t.Errorf("there are traces in %v", traces)
			}
			requireUntouched(t, d, before, "E0001", "Q0001")
			requireSound(t, d)
			d.View(t, func(tx *store.Tx) {
				if _, found := tx.AccountByUsername("naam-E0001"); found == test.goes || !test.goes && !maps.Equal(opened(t, d), before) {
					t.Errorf("there is an account: %t, or something changed", found)
				}
			})
		})
	}
}

// requireUntouched checks that all records from before are still there, except those that are about the given customers, and the
// audit log, which grows.
func requireUntouched(t *testing.T, d *flowtest.Desk, before map[string]string, except ...string) {
	t.Helper()
	after := opened(t, d)
	grows := []string{store.QueueTable, store.LogTable, store.TileTable, store.CheckpointTable, store.AuditHeadTable, store.ActivityTable, store.MetaTable}
	hasException := func(text string) bool {
		return slices.ContainsFunc(except, func(id string) bool { return strings.Contains(text, id) })
	}
	for key, text := range before { // The index of messages has the IDs of messages, but no ID of a customer.
		if id, is := strings.CutPrefix(key, store.OutboxTable+"/"); is && hasException(text) {
			except = append(except, id)
		}
	}
	theirs := 0
	for key, text := range before {
		isTheirs := hasException(text)
		if isTheirs {
			theirs++
		}
		if table := kvdb.TableFromKey(key); !isTheirs && !slices.Contains(grows, table) && after[key] != text {
			t.Errorf("a record of %q of somebody else changed", table)
		}
	}
	if theirs == 0 {
		t.Error("nothing was about the customer, so that there is nothing to see here")
	}
}

// TestEndedBeforeSchema9 tests a customer of a store that did not note when their last product ended. The bank removed the customer a
// year before the migration, but a product of theirs may have ended just before it. So the customer is kept for the whole period
// after the migration, and no longer.
func TestEndedBeforeSchema9(t *testing.T) {
	s := fixture.Migrate(t, fixture.WriteVersion(t, 8))
	defer s.Close()
	for after, want := range map[time.Duration]int{keep - 300*day: 0, keep: 0, keep + time.Microsecond: 1, 2 * keep: 1} {
		if n, err := erasure.CountEnded(t.Context(), s, erasure.Term{Now: fixture.MondayNoon.Add(after), Keep: keep}); n != want || err != nil {
			t.Errorf("%v after the migration %d would be erased, want %d: %v", after, n, want, err)
		}
	}
}

// TestForEver tests that with a period of 0 nobody is erased, and that an erasure that began is still completed.
func TestForEver(t *testing.T) {
	d := flowtest.New(t)
	putEnded(t, d, "E0001")
	putEnded(t, d, "E0002")
	d.Update(t, func(tx *store.Tx) { tx.DeleteAccount("E0002"); tx.BeginErasure("E0002") })
	if n, _, err := eraseEnded(t.Context(), d.Desk, erasure.Term{Now: flowtest.StartTime}); n != 1 || err != nil {
		t.Errorf("%d are erased, %v", n, err)
	}
	if first, second := tracesOf(t, d, "E0001"), tracesOf(t, d, "E0002"); len(first) == 0 || len(second) > 0 {
		t.Errorf("there are traces in %v and %v", first, second)
	}
}

// TestFormerApplicant tests that an application of others forgets an applicant whom it only names beside a number.
func TestFormerApplicant(t *testing.T) {
	d := flowtest.New(t)
	putEnded(t, d, "E0001", func(tx *store.Tx, c *store.Customer) {
		a, _ := tx.Application("A01")
		a.LatestNumbers[c.ID] = ""
		a.PreviousNumbers = map[store.CustomerID]store.NumberID{c.ID: tx.NumberID("481600000001")}
		tx.PutApplication(a)
	})
	if n, _, err := eraseEnded(t.Context(), d.Desk, term); n != 1 || err != nil {
		t.Errorf("%d are erased, %v", n, err)
	}
	if traces := tracesOf(t, d, "E0001"); len(traces) > 0 {
		t.Errorf("there are traces in %v", traces)
	}
	d.View(t, func(tx *store.Tx) {
		if a, found := tx.Application("A01"); !found || !slices.Equal(a.Applicants, []store.CustomerID{"K01", "K02"}) {
			t.Errorf("the application of others is %+v", a)
		}
	})
}
