package transfer_test

import (
	"strings"
	"testing"

	"loket/store"
)

// TestWithdrawnForAnotherProduct checks that a withdrawn application that comes back for another product leaves the first one to its
// holders, as if nobody had applied for it.
func TestWithdrawnForAnotherProduct(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed)
	mustTake(t, s, removed("application", "A1"))
	_, application, _ := strings.Cut(applied, "\n")
	application, _, _ = strings.Cut(application, "\n")
	mustTake(t, s, strings.Replace(application, `"P2"`, `"P1"`, 1)+"\n")
	checkSound(t, s)
	if c := look(t, s).Customers[0]; c.Holding("P2") == nil || !c.Holding("P2").IsVisible() {
		t.Errorf("K1 holds %+v", c.Holdings)
	}
}

// TestForgottenApplication checks that deleting a withdrawn application leaves no holder of a product who does not have it.
func TestForgottenApplication(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed)
	mustTake(t, s, removed("application", "A1"))
	mustUpdate(t, s, func(tx *store.Tx) error {
		a, _ := tx.Application("A1")
		n, _ := tx.Number("481620957733")
		tx.DeleteNumber(n.ID)
		tx.ForgetApplication(a)
		return nil
	})
	checkSound(t, s)
	mustUpdate(t, s, func(tx *store.Tx) error {
		if p, _ := tx.Product("P2"); len(p.Holders) > 0 || p.Ended.IsZero() {
			t.Errorf("P2 is %+v", p)
		}
		return nil
	})
}

// TestFormerApplicantOfAnotherProduct checks that an application that is for another product leaves the first one no holder who lost it
// because they are no applicant any more.
func TestFormerApplicantOfAnotherProduct(t *testing.T) {
	s := tempStore(t)
	const shared = `{"type":"application","id":"A2","product":"P3","applicants":["K1","K2"],"submitted":"2026-11-18"}` + "\n"
	mustTake(t, s, feed+strings.ReplaceAll(strings.Replace(savings, "P1", "P3", 1), "NL22NNBA0123456789", "NL91ABNA0417164300")+shared)
	mustTake(t, s, strings.Replace(shared, `,"K2"`, "", 1))
	checkSound(t, s)
	mustTake(t, s, strings.Replace(strings.Replace(shared, `,"K2"`, "", 1), "P3", "P1", 1))
	checkSound(t, s)
	if e := look(t, s); e.Customers[0].Holding("P3") == nil || e.Customers[1].Holding("P3") != nil {
		t.Errorf("K1 has %+v, and K2 %+v", e.Customers[0].Holdings, e.Customers[1].Holdings)
	}
}
