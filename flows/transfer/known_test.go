package transfer_test

import (
	"errors"
	"testing"

	"loket/flows/transfer"
	"loket/store"
)

// TestKnownLine: a line that is in already is judged all the same where something it needs is
// gone, where an earlier line of the file is about the same record, and where its record is
// another by now.
func TestKnownLine(t *testing.T) {
	fresh := func() *store.Store {
		s := tempStore(t)
		mustTake(t, s, anna+bram+joint+account("K1", "anna"))
		return s
	}
	s := fresh()
	mustUpdate(t, s, func(tx *store.Tx) error { tx.BeginErasure("K1"); tx.ForgetErasure("K1"); return nil })
	for _, line := range []string{joint, account("K1", "anna")} {
		_, err := take(t, s, line)
		if problems, are := errors.AsType[*transfer.Problems](err); !are || problems.Count != 1 {
			t.Errorf("without the customer: %v", err)
		}
	}
	s = fresh()
	summary := mustTake(t, s, removed("product", "P1")+joint)
	if look(t, s).Products[0].IsClosed() || summary.Products.Unchanged != 1 || summary.Ended != nil {
		t.Errorf("its line comes after that, and it ended: %+v", summary)
	}
	s = fresh()
	var before uint64
	mustUpdate(t, s, func(tx *store.Tx) error { // as what ends a holder does
		p, _ := tx.Product("P1")
		before = p.Origin
		p.Origin++
		tx.PutProduct(p)
		return nil
	})
	if mustTake(t, s, joint); look(t, s).Products[0].Origin != before {
		t.Error("a record of another line is taken for that of this one")
	}
	s = fresh()
	if summary := mustTake(t, s, joint+joint); summary.Products.Unchanged != 2 {
		t.Errorf("the same line twice: %+v", summary)
	}
}
