package transfer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/overlay"
	"loket/store/spill"
)

// takeFull imports a file that has all that the bank has, beside visitors or alone.
func takeFull(t *testing.T, s *store.Store, file string, concurrently bool, o transfer.Options) (transfer.Summary, error) {
	t.Helper()
	o.Full = true
	how := transfer.Import
	if concurrently {
		how = transfer.ImportConcurrent
	}
	return how(t.Context(), deskOf(s), strings.NewReader(file), o)
}

// TestFull: what earlier files brought and this one lacks has ended, what the desk made has
// not, and the same file again changes nothing. What is in a file again is back.
func TestFull(t *testing.T) {
	for _, concurrently := range []bool{false, true} {
		t.Run(fmt.Sprint("concurrently ", concurrently), func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, feed)
			mustUpdate(t, s, func(tx *store.Tx) error {
				tx.PutCustomer(store.Customer{ID: "K9", Surname: "Visser"})
				return nil
			})
			full := berg + strings.Replace(savings, `,"K2"`, "", 1)
			for round := range 2 {
				summary, err := takeFull(t, s, full, concurrently, transfer.Options{})
				if err != nil {
					t.Fatal(err)
				}
				want := map[string]int{"customers removed": 1, "products removed": 1, "applications withdrawn": 1}
				if round > 0 {
					want = nil
				}
				same(t, "ended", summary.Ended, want)
			}
			e := look(t, s)
			for _, c := range e.Customers {
				if gone := c.ID == "K2"; c.IsGone() != gone {
					t.Errorf("%s is gone: %t", c.ID, c.IsGone())
				}
			}
			for _, p := range e.Products {
				if closed := p.ID == "P2"; p.IsClosed() != closed {
					t.Errorf("%s is closed: %t", p.ID, p.IsClosed())
				}
			}
			if len(e.Customers) != 3 || len(e.Accounts) != 1 || e.Applications[0].IsInBankFeed() {
				t.Errorf("there are %d customers, accounts %+v, applications %+v", len(e.Customers), e.Accounts, e.Applications)
			}
			checkSound(t, s)
			if _, err := takeFull(t, s, feed, concurrently, transfer.Options{}); err != nil {
				t.Fatal(err)
			}
			for _, c := range look(t, s).Customers {
				if c.IsGone() {
					t.Errorf("%s is not back", c.ID)
				}
			}
		})
	}
}

// TestFullBounds: more than is usual ends only if somebody says so, and else nothing is stored.
func TestFullBounds(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, crowd(250, "Utrecht"))
	before := look(t, s)
	for _, test := range []struct {
		has     int
		mayEnd  *int
		missing int
	}{
		{149, nil, 101}, {149, new(100), 101}, {0, nil, 250}, {150, new(99), 100}, {249, new(0), 1},
	} {
		_, err := takeFull(t, s, crowd(test.has, "Leiden"), false, transfer.Options{MayEnd: test.mayEnd})
		if many, is := errors.AsType[transfer.TooManyEnd](err); !is || many != (transfer.TooManyEnd{Missing: test.missing, Known: 250}) {
			t.Errorf("%+v: %v", test, err)
		}
		same(t, "store", look(t, s), before)
	}
	trial, err := store.Open(t.Context(), overlay.NewTrial(s.Engine(), spill.Place{}), s.Keys(), s.Now)
	if err != nil {
		t.Fatal(err)
	}
	if summary, err := takeFull(t, trial, crowd(150, "Utrecht"), false, transfer.Options{}); err != nil || summary.Ended["customers removed"] != 100 {
		t.Errorf("ended %v, %v", summary.Ended, err)
	}
	same(t, "store", look(t, s), before)
	if summary, err := takeFull(t, s, crowd(149, "Utrecht"), false, transfer.Options{MayEnd: new(101)}); err != nil || summary.Ended["customers removed"] != 101 {
		t.Errorf("ended %v, %v", summary.Ended, err)
	}
}

// TestFullWithRejects: what a line with problems is about has not ended; and where one cannot be
// read, nothing has.
func TestFullWithRejects(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed)
	o := transfer.Options{SeparateBadLines: true}
	summary, err := takeFull(t, s, strings.Replace(berg, "3511 AB", "3511", 1)+partner+savings+applied, false, o)
	if _, are := errors.AsType[*transfer.Problems](err); !are || len(summary.Ended) > 0 {
		t.Errorf("ended %v, %v", summary.Ended, err)
	}
	summary, err = takeFull(t, s, berg+"{\n", false, o)
	if _, are := errors.AsType[*transfer.Problems](err); !are || len(summary.Ended) > 0 || summary.MissingKept != 4 {
		t.Errorf("ended %v, kept %d, %v", summary.Ended, summary.MissingKept, err)
	}
}

// TestFullWithRemoved checks that a full file ends once what it says is removed, and counts it once.
func TestFullWithRemoved(t *testing.T) {
	for _, concurrently := range []bool{false, true} {
		s := tempStore(t)
		mustTake(t, s, feed)
		full := berg + removed("customer", "K2") + removed("product", "P1") + strings.Replace(savings, `"P1"`, `"P3"`, 1)
		summary, err := takeFull(t, s, strings.Replace(full, `,"K2"`, "", 1)+removed("product", "P2"), concurrently, transfer.Options{MayEnd: new(1)})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "ended", summary.Ended, map[string]int{"customers removed": 1, "products removed": 2, "applications withdrawn": 1})
	}
}
