package erasure_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/erasure"
	"loket/flows/flowtest"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/check"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/keyring"
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
		traces = append(traces, tx.CustomerKey(id), tx.AccountKey(id), tx.ActivityTableFor(store.AuditEntry{Customer: id}))
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
	theirs := 0
	for key, text := range before {
		isTheirs := slices.ContainsFunc(except, func(id string) bool { return strings.Contains(text, id) })
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

// leavers are customers who go together: more than a transaction takes, two of them with a product of both, and one with a product
// of somebody who stays.
func putLeavers(t *testing.T, d *flowtest.Desk) (ids []store.CustomerID) {
	t.Helper()
	for n := range 9 {
		id := store.CustomerID(fmt.Sprintf("E%04d", n))
		putEnded(t, d, id, func(tx *store.Tx, c *store.Customer) {
			shared := map[int]store.CustomerID{1: "E0000", 2: "K14"}[n]
			if shared == "" {
				return
			}
			product := store.ProductID(fmt.Sprint("SHARED-", n))
			flowtest.PutProduct(tx, store.Product{ID: product, Kind: store.KindLife, Name: "Samen", Number: "S-" + fmt.Sprint(n), Holders: []store.CustomerID{shared, c.ID}, Closed: "1999-01-01"})
			flowtest.AddHolding(tx, shared, store.Holding{Product: product})
			c.AddHolding(product)
		})
		ids = append(ids, id)
	}
	if _, err := auditlog.FoldQueued(t.Context(), d.Store); err != nil {
		t.Fatal(err)
	}
	return ids
}

var errKilled = errors.New("killed")

// killed is an engine that fails after some commits, as if its process were killed.
type killed struct {
	kvdb.Engine
	left int
}

func (e *killed) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.left--; e.left < 0 {
		return errKilled
	}
	return e.Engine.Update(ctx, fn)
}

// TestKilledAndCompleted interrupts an erasure of several customers before each of its commits. Running it again completes it,
// leaves nothing of them, and changes nothing of anybody else.
func TestKilledAndCompleted(t *testing.T) {
	for after, completed := 0, false; !completed; after++ {
		d := flowtest.New(t)
		completed = killAndComplete(t, d, after)
		if completed && after < 15 {
			t.Errorf("an erasure takes %d commits, so that there is little to interrupt", after)
		}
	}
}

// killAndComplete interrupts an erasure after some commits, and completes it. It reports whether the erasure took no more commits
// than that.
func killAndComplete(t *testing.T, d *flowtest.Desk, after int) (completed bool) {
	t.Helper()
	ids := putLeavers(t, d)
	before := opened(t, d)
	stops := &killed{d.Engine.Engine, after}
	d.Engine.Engine = stops
	erased, recorded, err := eraseEnded(t.Context(), d.Desk, term)
	d.Engine.Engine = stops.Engine
	if err != nil && !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	requireSound(t, d)
	again, more, failed := eraseEnded(t.Context(), d.Desk, term)
	if failed != nil || erased+again != len(ids) || recorded+more < len(ids) {
		t.Errorf("killed after %d commits, %d and then %d are erased, and %d and %d recorded: %v", after, erased, again, recorded, more, failed)
	}
	for _, id := range ids {
		if traces := tracesOf(t, d, id); len(traces) > 0 {
			t.Errorf("killed after %d commits, and completed: there are traces of %s in %v", after, id, traces)
		}
	}
	requireUntouched(t, d, before, "E0", "Q0", "SHARED")
	d.View(t, func(tx *store.Tx) {
		p, _ := tx.Product("SHARED-2")
		if _, both := tx.Product("SHARED-1"); both || !slices.Equal(p.Holders, []store.CustomerID{"K14"}) {
			t.Errorf("killed after %d commits: the product of both is there: %t, and the other is held by %v", after, both, p.Holders)
		}
	})
	requireSound(t, d)
	return err == nil
}

// TestKilledOnACluster is TestKilledAndCompleted at some instants on a cluster.
func TestKilledOnACluster(t *testing.T) {
	members := etcdtest.StartCluster(t, 1)
	for _, after := range []int{2, 7, 12, 1000} {
		engine, err := etcd.Connect(t.Context(), etcdtest.ClusterURL(members, fmt.Sprint("desk", after)), etcd.Options{})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := keyring.NewInMemory()
		if err != nil {
			t.Fatal(err)
		}
		d := flowtest.NewWithEngine(t, engine, keys, flowtest.StartTime)
		d.PutCast(t)
		killAndComplete(t, d, after)
		d.Store.Close()
	}
}

// meanwhile is an engine that calls a function before one of its updates.
type meanwhile struct {
	kvdb.Engine
	left int
	do   func()
}

func (e *meanwhile) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.left--; e.left == 0 {
		e.do()
	}
	return e.Engine.Update(ctx, fn)
}

// TestCameBackMeanwhile imports a customer again before each commit of the erasure. Then the customer is there with all that the
// import brought, whichever came first.
func TestCameBackMeanwhile(t *testing.T) {
	const feed = `{"type":"customer","id":"E0004","initials":"E.","surname":"Terug","birth_date":"1961-04-09","street":"Dorpsstraat","house_number":77,"postcode":"9977 ZX","city":"Utrecht","email":"terug@example.org","language":"nl"}
{"type":"product","id":"NEW-1","kind":"life","name":"Leven","number":"N-1","holders":["E0004"],"since":"2026-01-01"}
{"type":"application","id":"NEW-A","product":"NEW-1","applicants":["E0004"],"submitted":"2026-01-01"}
{"type":"activation_number","application":"NEW-A","customer":"E0004","number":"481699999999","issued":"2026-11-01","expires":"2027-05-01"}
`
	for after, more := 1, true; more; after++ {
		d := flowtest.New(t)
		ids := putLeavers(t, d)
		more = false
		inner := d.Engine.Engine
		d.Engine.Engine = &meanwhile{inner, after, func() {
			more = true
			if _, err := transfer.ImportConcurrent(t.Context(), d.Desk, strings.NewReader(feed), transfer.Options{}); err != nil {
				t.Fatal(err)
			}
		}}
		if _, _, err := eraseEnded(t.Context(), d.Desk, term); err != nil {
			t.Fatal(err)
		}
		d.Engine.Engine = inner
		if !more {
			return
		}
		d.View(t, func(tx *store.Tx) {
			c, found := tx.Customer("E0004")
			p, _ := tx.Product("NEW-1")
			n, numbered := tx.Number("481699999999")
			if !found || c.Surname != "Terug" || c.GoneSince() != (time.Time{}) || c.Holding("NEW-1") == nil || !slices.Equal(p.Holders, ids[4:5]) || !numbered || n.Customer != "E0004" {
				t.Errorf("back before commit %d, it is %+v, %+v and %+v", after, c, p, n)
			}
		})
		for _, id := range slices.Delete(ids, 4, 5) {
			if traces := tracesOf(t, d, id); len(traces) > 0 {
				t.Errorf("back before commit %d: there are traces of %s in %v", after, id, traces)
			}
		}
		requireSound(t, d)
	}
}

// TestUnknownCustomers tests that nothing is written about customers who are not there.
func TestUnknownCustomers(t *testing.T) {
	d := flowtest.New(t)
	before := d.DumpStore(t)
	counts, err := erasure.EraseCustomers(t.Context(), d.Desk, []store.CustomerID{"K98", "K99"}, func(*store.Tx, int) { t.Error("recorded") })
	if err != nil || counts != (erasure.Counts{}) || !bytes.Equal(before, d.DumpStore(t)) {
		t.Errorf("erased %+v, %v, or something changed", counts, err)
	}
}
