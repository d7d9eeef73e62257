package transfer_test

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"loket/flows/desk"
	"loket/flows/transfer"
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

// TestForgottenApplication checks that an applicant whose application was withdrawn, and then deleted, remains the holder whom the bank
// lists, alone or with others. No line of the product shows them what they did not open, changed or not, until an activation number
// of another application does, or the bank lists them anew. Neither does an export in another desk.
func TestForgottenApplication(t *testing.T) {
	const (
		alone  = `{"type":"product","id":"P3","kind":"life","name":"Leven","number":"L3","holders":["K2"],"since":"2019-05-01"}` + "\n"
		ofBram = `{"type":"application","id":"A2","product":"P1","applicants":["K2"],"submitted":"2026-11-18"}` + "\n" +
			`{"type":"application","id":"A3","product":"P3","applicants":["K2"],"submitted":"2026-11-18"}` + "\n"
	)
	file := anna + bram + joint + alone
	for name, take := range map[string]func(context.Context, *desk.Desk, io.Reader, transfer.Options) (transfer.Summary, error){
		"alone": transfer.Import, "concurrently": transfer.ImportConcurrent,
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			requireShown := func(night string, shared, own bool) {
				t.Helper()
				if _, err := take(t.Context(), deskOf(s), strings.NewReader(night), transfer.Options{}); err != nil {
					t.Fatal(err)
				}
				checkSound(t, s)
				e := look(t, s)
				for at, want := range []bool{shared, own} {
					p := e.Products[at]
					if h := e.Customers[1].Holding(p.ID); (h != nil && h.IsVisible()) != want || !slices.Contains(p.Holders, "K2") || p.IsClosed() {
						t.Errorf("K2 has %+v of %s, held by %v, closed %t", h, p.ID, p.Holders, p.IsClosed())
					}
				}
			}
			requireShown(file+ofBram, false, false)
			requireShown(removed("application", "A2")+removed("application", "A3"), false, false)
			requireShown(strings.ReplaceAll(file, "Polis", "Plan"), false, false)
			mustUpdate(t, s, func(tx *store.Tx) error {
				for _, id := range []store.ApplicationID{"A2", "A3"} {
					a, _ := tx.Application(id)
					tx.ForgetApplication(a)
				}
				return nil
			})
			requireShown(strings.ReplaceAll(file, "Polis", "Plan"), false, false)
			requireShown(file, false, false)
			exported, _ := export(t, s)
			another := tempStore(t)
			mustTake(t, another, exported)
			if c := look(t, another).Customers[1]; len(c.Holdings) != 0 {
				t.Errorf("another desk gives K2 %+v", c.Holdings)
			}
			requireShown(file+strings.ReplaceAll(strings.ReplaceAll(ofBram, "A2", "A8"), "A3", "A9"), false, false)
			mustUpdate(t, s, func(tx *store.Tx) error {
				c, _ := tx.Customer("K2")
				if c.Holding("P3").Application != "A9" {
					t.Errorf("K2 has %+v", c.Holdings)
				}
				c.Holding("P3").OpenedAt = tx.Now
				tx.PutCustomer(c)
				return nil
			})
			requireShown(file, false, true)
			mustTake(t, s, removed("application", "A8")+strings.Replace(removed("holder", "P1"), "}", `,"customer":"K2"}`, 1))
			if p := look(t, s).Products[0]; len(p.Holders) != 1 || len(p.Unopened) != 0 {
				t.Errorf("without K2 it is %+v", p)
			}
			requireShown(file, true, true)
		})
	}
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
