package transfer_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/erasure"
	"loket/flows/operator"
	"loket/flows/transfer"
	"loket/store"
	"loket/store/check"
)

// nightly is a file in which a customer who died is still listed, with a product of their own, one that they share with anna, an
// account, an application and its number.
var (
	deceased = strings.Replace(bram, `"id":"K2",`, `"id":"K2","status":"deceased",`, 1)
	nightly  = anna + deceased + joint + strings.ReplaceAll(strings.ReplaceAll(joint, `"K1",`, ""), "P1", "P2") + account("K2", "bram") +
		`{"type":"application","id":"A2","product":"P2","applicants":["K2"],"submitted":"2026-11-18"}` + "\n" +
		`{"type":"activation_number","application":"A2","customer":"K2","number":"481620957733","issued":"2026-11-19","expires":"2027-05-19"}` + "\n"
)

// TestErasedStaysErased tests that a customer whom the desk erased, and whom the bank goes on listing, does not come back with the next
// file, full or not, beside visitors or alone. The summary says so. Anna keeps the product that they shared, and nothing is left of
// the customer but the mark.
func TestErasedStaysErased(t *testing.T) {
	for name, take := range map[string]func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){
		"alone": transfer.Import, "concurrently": transfer.ImportConcurrent,
	} {
		for _, full := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", full ", full), func(t *testing.T) {
				s := tempStore(t)
				mustTake(t, s, nightly)
				if _, err := operator.EraseCustomer(t.Context(), deskOf(s), "K2"); err != nil {
					t.Fatal(err)
				}
				before := countsOf(t, s)
				for night := range 3 {
					summary, err := take(t.Context(), deskOf(s), strings.NewReader(nightly), transfer.Options{Full: full})
					if err != nil {
						t.Fatalf("night %d: %v", night, err)
					}
					if all := summary.SumCounts(); summary.Ended != nil || summary.ErasedLeftOut != 1 || all.New+all.Changed != 0 || summary.Warned != 1 || summary.Warnings[0].Line != 2 {
						t.Errorf("night %d: %+v", night, summary)
					}
					same(t, "records", countsOf(t, s), before)
				}
				changed := strings.ReplaceAll(nightly, "Bakhuis", "Bakhuizen") + strings.ReplaceAll(joint, "P1", "P3")
				if _, err := take(t.Context(), deskOf(s), strings.NewReader(changed), transfer.Options{Full: full}); err != nil {
					t.Fatal(err)
				}
				e := look(t, s)
				if len(e.Customers) != 1 || len(e.Products) != 2 || len(e.Accounts) != 0 || len(e.Applications) != 0 {
					t.Errorf("there are %+v", e)
				}
				for _, p := range e.Products {
					if len(p.Holders) != 1 || p.Holders[0] != "K1" {
						t.Errorf("%s is held by %v", p.ID, p.Holders)
					}
				}
				requireNoProblems(t, s)
			})
		}
	}
}

// TestErasedComesBack tests what lets a customer in again who was erased: the bank removes them, by a line or by a full file without
// them. A file with changes alone that does not mention them does not, and neither does a line of theirs that cannot be read.
func TestErasedComesBack(t *testing.T) {
	for name, test := range map[string]struct {
		file    string
		options transfer.Options
		back    bool
	}{
		"a line that removes them":                         {removed("customer", "K2"), transfer.Options{}, true},
		"a file that describes and then removes them":      {anna + bram + removed("customer", "K2"), transfer.Options{}, false},
		"a file that removes and then describes them":      {anna + removed("customer", "K2") + bram, transfer.Options{}, false},
		"a full file that describes and then removes them": {anna + bram + removed("customer", "K2"), transfer.Options{Full: true}, false},
		"a line that removes them beside a wrong one":      {anna + strings.Replace(bram, "1962-04-09", "x", 1) + removed("customer", "K2"), transfer.Options{SeparateBadLines: true}, false},
		"a line that removes them beside a broken one":     {anna + "{\n" + removed("customer", "K2"), transfer.Options{SeparateBadLines: true}, false},
		"a full file without them":                         {anna, transfer.Options{Full: true}, true},
		"a file of changes":                                {anna, transfer.Options{}, false},
		"a full file with a wrong line":                    {anna + strings.Replace(bram, "1962-04-09", "x", 1), transfer.Options{Full: true, SeparateBadLines: true}, false},
		"a full file that is broken":                       {anna + "{\n", transfer.Options{Full: true, SeparateBadLines: true}, false},
	} {
		for _, take := range []func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){transfer.Import, transfer.ImportConcurrent} {
			s := tempStore(t)
			mustTake(t, s, anna+bram)
			if _, err := operator.EraseCustomer(t.Context(), deskOf(s), "K2"); err != nil {
				t.Fatal(err)
			}
			if _, err := take(t.Context(), deskOf(s), strings.NewReader(test.file), test.options); err != nil && !test.options.SeparateBadLines {
				t.Fatal(err)
			}
			mustTake(t, s, anna+bram)
			if err := s.View(t.Context(), func(tx *store.Tx) error {
				if _, back := tx.Customer("K2"); back != test.back || tx.IsErased("K2") == back {
					t.Errorf("%s: the customer is back: %t, and marked as erased: %t", name, back, tx.IsErased("K2"))
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestErasedBringsBackJoint tests that a customer who was erased by mistake, and whom the bank removes and lists again, gets back the
// products and applications that they shared, whether or not another file came while they were erased.
func TestErasedBringsBackJoint(t *testing.T) {
	file := anna + bram + joint + both
	changed := strings.NewReplacer("Polis", "Plan", "2026-11-18", "2026-11-17").Replace(file)
	for _, nights := range [][]string{{}, {file}, {changed}, {changed, file}} {
		for _, take := range []func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){transfer.Import, transfer.ImportConcurrent} {
			s := tempStore(t)
			mustTake(t, s, file)
			if _, err := operator.EraseCustomer(t.Context(), deskOf(s), "K2"); err != nil {
				t.Fatal(err)
			}
			last := file
			for _, night := range append(nights, removed("customer", "K2")) {
				if night != removed("customer", "K2") {
					last = night
				}
				for range 2 {
					if _, err := take(t.Context(), deskOf(s), strings.NewReader(night), transfer.Options{}); err != nil {
						t.Fatal(err)
					}
				}
				if e := look(t, s); len(e.Products[0].Holders) != 1 || len(e.Applications[0].Applicants) != 1 {
					t.Errorf("while K2 is erased: %+v", e)
				}
			}
			back, err := take(t.Context(), deskOf(s), strings.NewReader(last), transfer.Options{})
			if err != nil {
				t.Fatal(err)
			}
			again := mustTake(t, s, last).SumCounts()
			e := look(t, s)
			if p, a := e.Products[0], e.Applications[0]; len(p.Holders) != 2 || len(a.Applicants) != 2 || len(e.Customers) != 2 || e.Customers[1].Holding("P1") == nil || e.Customers[1].Holding("P1").Application != "A1" {
				t.Errorf("after %d nights K2 is back without what they shared: %+v", len(nights), e)
			}
			if back.Products.Changed != 1 || back.Applications.Changed != 1 || again.New+again.Changed != 0 {
				t.Errorf("after %d nights: %+v, and once more %+v", len(nights), back, again)
			}
			requireNoProblems(t, s)
		}
	}
}

// TestClosedWithoutHolders tests that a product is closed by a line without holders, beside visitors or alone, also if a customer was
// erased.
func TestClosedWithoutHolders(t *testing.T) {
	closed := strings.NewReplacer(`"holders":["K1"],`, "", "}", `,"closed":"2026-11-01"}`).Replace(policy)
	for _, erased := range []store.CustomerID{"", "K2"} {
		for name, take := range map[string]func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){
			"alone": transfer.Import, "concurrently": transfer.ImportConcurrent,
		} {
			s := tempStore(t)
			mustTake(t, s, anna+bram+policy)
			if erased != "" {
				if _, err := operator.EraseCustomer(t.Context(), deskOf(s), erased); err != nil {
					t.Fatal(err)
				}
			}
			for night, want := range []map[string]int{{"products closed": 1}, nil} {
				summary, err := take(t.Context(), deskOf(s), strings.NewReader(anna+closed), transfer.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if p := look(t, s).Products; len(p) != 1 || p[0].Closed != "2026-11-01" {
					t.Errorf("%s, %q erased, night %d: products are %+v", name, erased, night, p)
				}
				same(t, fmt.Sprintf("%s, %q erased, night %d: ended", name, erased, night), summary.Ended, want)
			}
		}
	}
}

// TestErasedAfterEnding tests that a customer whom the bank ended before the desk erased them does not come back with files that
// describe and then remove them, as an export does. A line that removes them alone, and a full file without them, let them in again.
func TestErasedAfterEnding(t *testing.T) {
	ended := anna + bram + removed("customer", "K2")
	for _, take := range []func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){transfer.Import, transfer.ImportConcurrent} {
		for file, full := range map[string]bool{anna + removed("customer", "K2"): false, anna: true} {
			s := tempStore(t)
			mustTake(t, s, anna+bram)
			mustTake(t, s, ended)
			term := erasure.Term{Now: s.Now().AddDate(6, 0, 0), Keep: 5 * 366 * 24 * time.Hour}
			if n, err := erasure.EraseEnded(t.Context(), deskOf(s), term, func(*store.Tx, int) {}); n != 1 || err != nil {
				t.Fatalf("%d are erased, %v", n, err)
			}
			for night := range 3 {
				summary, err := take(t.Context(), deskOf(s), strings.NewReader(ended), transfer.Options{Full: night == 1})
				if err != nil || summary.Customers.New != 0 || summary.ErasedLeftOut != 1 || summary.Ended != nil || len(look(t, s).Customers) != 1 {
					t.Errorf("night %d: %+v, %v", night, summary, err)
				}
			}
			if _, err := take(t.Context(), deskOf(s), strings.NewReader(file), transfer.Options{Full: full}); err != nil {
				t.Fatal(err)
			}
			if summary := mustTake(t, s, bram); summary.Customers.New != 1 {
				t.Errorf("a new customer with the number: %+v", summary)
			}
			if n := countsOf(t, s)[store.ErasedTable]; n != 0 {
				t.Errorf("%d marks are left", n)
			}
		}
	}
}

// TestErasedByRetention tests that a customer who died long ago, whom retention erased and the bank goes on listing, does not come back.
func TestErasedByRetention(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, anna+deceased)
	term := erasure.Term{Now: s.Now().AddDate(6, 0, 0), Keep: 5 * 366 * 24 * time.Hour}
	if n, err := erasure.EraseEnded(t.Context(), deskOf(s), term, func(*store.Tx, int) {}); n != 1 || err != nil {
		t.Fatalf("%d are erased, %v", n, err)
	}
	if summary := mustTake(t, s, anna+deceased); summary.Customers.New != 0 || len(look(t, s).Customers) != 1 {
		t.Errorf("the next file: %+v", summary)
	}
}

// countsOf counts the records of the tables that imports write.
func countsOf(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	counts, err := s.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{store.QueueTable, store.LogTable, store.TileTable, store.CheckpointTable, store.AuditHeadTable, store.ActivityTable} {
		delete(counts, table)
	}
	return counts
}

func requireNoProblems(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := check.CheckStore(t.Context(), s, func(p check.Problem) { t.Error(p) }, func(int, int) {}); err != nil {
		t.Error(err)
	}
}
