package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
)

// crowd is a file of so many customers, who live in a city.
func crowd(count int, city string) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, `{"type":"customer","id":"K%d","surname":"Bakker","birth_date":"1961-04-09","street":"Haven","house_number":%d,"postcode":"3511 AB","city":%q}`+"\n", i, i+1, city)
	}
	return b.String()
}

// TestImportBeside holds that an import while a desk is open takes nothing back of
// what visitors do meanwhile, and says of the file what it did the first time.
func TestImportBeside(t *testing.T) {
	const count = 300
	s := tempStore(t)
	mustTake(t, s, crowd(count, "Utrecht"))
	visitors := 0
	visit := func(phase transfer.Phase, _, _ int64) {
		if phase != transfer.PhaseWriting || visitors > 0 {
			return
		}
		for i := range count {
			visitors++
			mustUpdate(t, s, func(tx *store.Tx) error {
				c, _ := tx.Customer(store.CustomerID(fmt.Sprintf("K%d", i)))
				c.Language = "en"
				c.AddHolding("P-activated")
				tx.PutCustomer(c)
				return nil
			})
		}
	}
	summary, err := transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(crowd(count, "Leiden")), transfer.Options{Progress: visit})
	if err != nil || summary.Customers.Changed != count || visitors != count {
		t.Fatalf("%+v after %d visitors, %v", summary, visitors, err)
	}
	for _, c := range look(t, s).Customers {
		if c.City != "Leiden" || c.Holding("P-activated") == nil {
			t.Fatalf("%s lives in %s and holds %v", c.ID, c.City, c.Holdings)
		}
	}
	again, err := transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(crowd(count, "Leiden")), transfer.Options{})
	if err != nil || again.Customers.Unchanged != count {
		t.Errorf("again: %+v, %v", again, err)
	}
}

// TestImportBesideIsTheSame holds that it does what Import does.
func TestImportBesideIsTheSame(t *testing.T) {
	one, other := tempStore(t), tempStore(t)
	want := mustTake(t, one, whole)
	got, err := transfer.ImportConcurrent(t.Context(), deskOf(other), strings.NewReader(whole), transfer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "summary", got, want)
	same(t, "store", look(t, other), look(t, one))
}

// TestImportBesideGivesUp holds that one that is changed time and again ends, and
// that one with problems stores nothing.
func TestImportBesideGivesUp(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, crowd(200, "Utrecht"))
	busy := func(phase transfer.Phase, _, _ int64) {
		if phase == transfer.PhaseWriting {
			mustUpdate(t, s, func(tx *store.Tx) error {
				for i := range 30 {
					c, _ := tx.Customer(store.CustomerID(fmt.Sprintf("K%d", 100+i)))
					tx.PutCustomer(c)
				}
				return nil
			})
		}
	}
	cities := 0
	err := error(nil)
	for ; err == nil && cities < 3; cities++ {
		_, err = transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(crowd(200, fmt.Sprint("Leiden ", cities))), transfer.Options{Progress: busy})
	}
	if err != nil && !errors.Is(err, store.ErrChanged) {
		t.Error(err)
	}
	before := look(t, s)
	if _, err := transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(crowd(200, "Gouda")+"[]\n"), transfer.Options{}); err == nil {
		t.Error("a file with a problem went in")
	}
	same(t, "store", look(t, s), before)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := transfer.ImportConcurrent(ctx, deskOf(s), strings.NewReader("  "), transfer.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}
