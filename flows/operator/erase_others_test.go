package operator_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/flows/passkey/passkeytest"
	"loket/store"
)

// TestEraseLeavesOthersTheirs tests that customers who share products and applications with an
// erased customer can go on with them.
func TestEraseLeavesOthersTheirs(t *testing.T) {
	d := flowtest.New(t)
	for _, id := range []store.CustomerID{"K01", "K09"} {
		if _, err := operator.EraseCustomer(t.Context(), d.Desk, id); err != nil {
			t.Fatal(err)
		}
	}
	o, err := flows.LoadProductOverview(t.Context(), d.LogIn(t, "wtweeling", "Twee-van-twee2").Visit())
	if err != nil || len(o.Products) != 2 || len(o.Products[0].OtherHolders)+len(o.Products[1].OtherHolders) != 0 {
		t.Errorf("the twin who is left sees %+v, %v", o, err)
	}
	d.View(t, func(tx *store.Tx) {
		if ids := tx.CustomersByPerson(store.Person{BirthDate: "1999-09-09", Postcode: "3518 AK", HouseNumber: 9}); !slices.Equal(ids, []store.CustomerID{"K10"}) {
			t.Errorf("the twins are %v", ids)
		}
		if p, _ := tx.Product("P93"); !slices.Equal(p.Holders, []store.CustomerID{"K10"}) {
			t.Errorf("the savings of both are held by %v", p.Holders)
		}
		if _, found := tx.Product("P91"); found || len(tx.ProductsByNumber("AV-T-100")) > 0 {
			t.Error("a product that nobody holds is still there")
		}
	})
	sound(d, t)
	f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", "481600000002", "birth date", "3-11-1987", "postcode", "3511AB")
	flowtest.MustSubmit(t, f, "username", "pjansen", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if o, err := flows.LoadProductOverview(t.Context(), f.Visit()); err != nil || len(o.Products) != 1 {
		t.Errorf("the partner sees %+v, %v", o, err)
	}
	if f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AB"); f.State() != "ask number" {
		t.Errorf("the number of somebody who was erased leads to %q", f.State())
	}
}

// TestEraseOfAnApplicantsProduct tests that a product whose only holder is erased gets the others
// who applied for it as holders.
func TestEraseOfAnApplicantsProduct(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		p, _ := tx.Product("P01")
		p.Holders = []store.CustomerID{"K01"}
		tx.PutProduct(p)
	})
	if e, err := operator.EraseCustomer(t.Context(), d.Desk, "K01"); err != nil || e.SharedProducts != 1 || e.Products != 0 {
		t.Errorf("erased %+v, %v", e, err)
	}
	d.View(t, func(tx *store.Tx) {
		if p, found := tx.Product("P01"); !found || !slices.Equal(p.Holders, []store.CustomerID{"K02"}) {
			t.Errorf("the product is held by %v", p.Holders)
		}
	})
}

// TestEraseOfBothHolders erases both holders of a product at the same time, in every order.
// Afterwards the product must have no holder, and be deleted.
func TestEraseOfBothHolders(t *testing.T) {
	for name, holders := range map[string][]store.CustomerID{"holders": {"K01", "K02"}, "a holder and an applicant": {"K01"}} {
		for after, more := 1, true; more; after++ {
			d := flowtest.New(t)
			d.Update(t, func(tx *store.Tx) {
				p, _ := tx.Product("P01")
				p.Holders = holders
				tx.PutProduct(p)
			})
			more = false
			engine := d.Engine.Engine
			d.Engine.Engine = &flowtest.InterruptedEngine{Engine: engine, Left: after, Do: func() {
				more = true
				if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K02"); err != nil {
					t.Error(err)
				}
			}}
			if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K01"); err != nil {
				t.Error(err)
			}
			d.Engine.Engine = engine
			if !more {
				break
			}
			d.View(t, func(tx *store.Tx) {
				if p, found := tx.Product("P01"); found {
					t.Errorf("%s, before transaction %d: the product is held by %v", name, after, p.Holders)
				}
			})
			sound(d, t)
		}
	}
}

// TestEraseOfALostProduct tests that an applicant who loses the product while its only holder is
// erased does not get it back.
func TestEraseOfALostProduct(t *testing.T) {
	lost := 0
	for after, more := 1, true; more; after++ {
		d := flowtest.New(t)
		d.Update(t, func(tx *store.Tx) {
			p, _ := tx.Product("P01")
			p.Holders = []store.CustomerID{"K01"}
			tx.PutProduct(p)
		})
		more = false
		inTime := false
		engine := d.Engine.Engine
		d.Engine.Engine = &flowtest.InterruptedEngine{Engine: engine, Left: after, Do: func() {
			more = true
			d.Update(t, func(tx *store.Tx) {
				p, _ := tx.Product("P01")
				inTime = slices.Contains(p.Holders, "K01")
				c, _ := tx.Customer("K02")
				c.Holdings = nil
				tx.PutCustomer(c)
			})
		}}
		if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K01"); err != nil {
			t.Error(err)
		}
		d.Engine.Engine = engine
		d.View(t, func(tx *store.Tx) {
			if p, found := tx.Product("P01"); found && inTime {
				t.Errorf("before transaction %d: the product is held by %v", after, p.Holders)
			}
		})
		if inTime {
			lost++
		}
	}
	if lost == 0 {
		t.Error("nobody lost it in time")
	}
}

// TestEraseInterrupted interrupts an erasure at each of its transactions. After that nobody can
// log in, and another erasure completes it.
func TestEraseInterrupted(t *testing.T) {
	for after := 1; ; after++ {
		v := newVault(t)
		v.live(t)
		stops := &flowtest.StoppingEngine{Engine: v.Engine.Engine, Left: after}
		v.Engine.Engine = stops
		_, err := operator.EraseCustomer(t.Context(), v.Desk.Desk, leaver.ID)
		if err == nil {
			if after < 5 {
				t.Errorf("an erase takes %d transactions, so that there is little to interrupt", after)
			}
			return
		}
		if !errors.Is(err, flowtest.ErrStopped) {
			t.Fatal(err)
		}
		v.Engine.Engine = stops.Engine
		sound(v.Desk, t)
		if f := v.LogIn(t, "xynieuw", "Goed-gekozen77"); f.Visit().LoggedIn() {
			t.Errorf("stopped after %d transactions, and the customer logs in", after)
		}
		if _, err := operator.ReportCustomer(t.Context(), v.Desk.Desk, leaver.ID); !errors.Is(err, operator.ErrUnknownCustomer) {
			t.Errorf("stopped after %d transactions, and the customer is there: %v", after, err)
		}
		if _, err := operator.EraseCustomer(t.Context(), v.Desk.Desk, leaver.ID); err != nil && !(errors.Is(err, operator.ErrUnknownCustomer) && len(v.telling(t, factsOf)) == 0) {
			t.Errorf("stopped after %d transactions, and then: %v", after, err)
		}
		for key := range v.telling(t, factsOf) {
			t.Errorf("stopped after %d transactions, and completed: a record of %q tells of the customer", after, strings.SplitN(key, "/", 2)[0])
		}
		sound(v.Desk, t)
	}
}

// TestErasedVisitor tests that a customer who is erased during a visit is logged out at the next
// step, wherever they are, and that no record names them.
func TestErasedVisitor(t *testing.T) {
	for _, known := range flows.FlowPlaces() {
		if known.RunsOnPhone {
			continue // no customer is logged in there
		}
		d := flowtest.New(t)
		d.PairPhone(t, passkeytest.New(), "ohoeve", "Nokia")
		visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		f := known.Begin(visit)
		if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K06"); err != nil {
			t.Fatal(err)
		}
		_, overview := flows.LoadProductOverview(t.Context(), visit)
		_, details := flows.LoadCustomerDetails(t.Context(), visit)
		_, activity := flows.LoadRecentActivity(t.Context(), visit)
		for _, err := range []error{visit.CheckLogin(t.Context()), overview, details, activity} {
			if !errors.Is(err, flow.ErrLoginEnded) {
				t.Errorf("the visitor is told %v", err)
			}
		}
		flowtest.MustSubmit(t, f, answersTo(f)...)
		if f.State() != flow.StateLoggedOut || visit.LoggedIn() {
			t.Errorf("%s: the visitor is at %q", f.Name, f.State())
		}
		nobodyNames(t, d, "K06")
	}
}

// answersTo returns answers that the fields of a step accept.
func answersTo(f *flow.Flow) (answers []string) {
	given := map[string]string{
		"number": "481600000106", "birth date": "2-1-1970", "postcode": "3515AG", "house number": "6", "username": "ohoeve2", "password": "Eigen-huis12",
		"new": "Goed-gekozen1", "again": "Goed-gekozen1", "product number": "NL61NNBA0000000061", "telephone": "0612345678", "e-mail": "hoeve@example.org", "code": "12345678",
	}
	for _, field := range f.Step().Fields {
		answer := given[field.Name]
		if len(field.Options) > 0 {
			answer = field.Options[0].Value
		}
		answers = append(answers, field.Name, answer)
	}
	return answers
}

// TestErasedOnLeaving tests that leaving after the erasure does not name the customer either.
func TestErasedOnLeaving(t *testing.T) {
	d := flowtest.New(t)
	visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K06"); err != nil {
		t.Fatal(err)
	}
	if err := visit.LogOut(t.Context(), flow.ReasonLoggedOut); err != nil {
		t.Fatal(err)
	}
	nobodyNames(t, d, "K06")
}

// TestErasedInTheMidst tests that an activation, or a temporary password, has no effect if its
// owner is erased between two steps.
func TestErasedInTheMidst(t *testing.T) {
	d := flowtest.New(t)
	f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", "481600000013", "birth date", "13-3-1993", "postcode", "3521AN")
	temporary := d.LogIn(t, "vtijdelijk", "BCDF-GHJK-LMNP")
	for _, id := range []store.CustomerID{"K13", "K11"} {
		if _, err := operator.EraseCustomer(t.Context(), d.Desk, id); err != nil {
			t.Fatal(err)
		}
	}
	flowtest.MustSubmit(t, f, "username", "ddubbel", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	flowtest.MustSubmit(t, temporary, "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if f.State() != "number used or expired meanwhile" || temporary.State() != "ask credentials" || f.Visit().LoggedIn() || temporary.Visit().LoggedIn() {
		t.Errorf("the visitors are at %q and %q", f.State(), temporary.State())
	}
	for _, id := range []store.CustomerID{"K13", "K11"} {
		nobodyNames(t, d, id)
		d.View(t, func(tx *store.Tx) {
			if _, has := tx.Account(id); has {
				t.Errorf("customer %s has an account", id)
			}
		})
	}
}

// TestGoodNumberOfNobody tests that a visitor who has typed a number cannot use it after its owner
// was hidden, before the erasure has deleted the number.
func TestGoodNumberOfNobody(t *testing.T) {
	d := flowtest.New(t)
	f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", "481600000013", "birth date", "13-3-1993", "postcode", "3521AN")
	d.Update(t, func(tx *store.Tx) { tx.BeginErasure("K13") })
	flowtest.MustSubmit(t, f, "username", "ddubbel", "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if f.State() != "number used or expired meanwhile" {
		t.Errorf("the visitor is at %q", f.State())
	}
}

func nobodyNames(t *testing.T, d *flowtest.Desk, id store.CustomerID) {
	t.Helper()
	for _, e := range d.AuditEntries(t) {
		if e.Customer == id {
			t.Errorf("the audit log names the customer: %+v", e)
		}
	}
	d.View(t, func(tx *store.Tx) {
		if n := len(flowtest.CollectAll(tx.CustomerActivity(id))); n > 0 {
			t.Errorf("%d entries are activity of the customer's", n)
		}
	})
}

func TestEraseNobody(t *testing.T) {
	d := flowtest.New(t)
	before := d.DumpStore(t)
	if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K99"); !errors.Is(err, operator.ErrUnknownCustomer) {
		t.Errorf("error %v", err)
	}
	if !bytes.Equal(before, d.DumpStore(t)) {
		t.Error("something changed")
	}
}

// TestEraseLooksAtAHundred tests that a hundred applicants of a product are read again when its
// only holder is erased, and that the next one counts as a holder without that.
func TestEraseLooksAtAHundred(t *testing.T) {
	for others, want := range map[int]int{100: 0, 101: 1} {
		d := flowtest.New(t)
		id := func(n int) store.CustomerID { return store.CustomerID(fmt.Sprintf("M%03d", n)) }
		for n := range others {
			d.Update(t, func(tx *store.Tx) {
				tx.PutCustomer(flowtest.NewCustomer(id(n), "M.", "Velen", "1980-01-01", "1234 AB", n+1))
				flowtest.AddHolding(tx, id(n), store.Holding{Product: "P61"})
			})
		}
		updates := 0
		d.Engine.OnUpdate = func() {
			if updates++; updates != 4 { // K06 is hidden, without numbers and applications, and still holds the product
				return
			}
			d.Engine.OnUpdate = nil
			for n := range others {
				d.Update(t, func(tx *store.Tx) {
					c, _ := tx.Customer(id(n))
					c.Holdings = nil
					tx.PutCustomer(c)
				})
			}
		}
		if _, err := operator.EraseCustomer(t.Context(), d.Desk, "K06"); err != nil {
			t.Fatal(err)
		}
		d.View(t, func(tx *store.Tx) {
			if p, _ := tx.Product("P61"); len(p.Holders) != want {
				t.Errorf("of %d others %v hold it", others, p.Holders)
			}
		})
	}
}
