package transfer_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/check"
)

const (
	berg    = `{"type":"customer","id":"K1","surname":"Berg","birth_date":"1961-04-09","street":"Dorpsstraat","house_number":12,"postcode":"3511 AB","city":"Utrecht"}` + "\n"
	partner = `{"type":"customer","id":"K2","surname":"Bos","birth_date":"1962-04-09","street":"Dorpsstraat","house_number":12,"postcode":"3511 AB","city":"Utrecht"}` + "\n"
	savings = `{"type":"product","id":"P1","kind":"savings","name":"Sparen","number":"NL22NNBA0123456789","holders":["K1","K2"],"since":"2019-05-01"}` + "\n"
	applied = `{"type":"product","id":"P2","kind":"life","name":"Leven","number":"L1","holders":["K1"],"since":"2019-05-01"}` + "\n" +
		`{"type":"application","id":"A1","product":"P2","applicants":["K1"],"submitted":"2026-11-18"}` + "\n" +
		`{"type":"activation_number","application":"A1","customer":"K1","number":"481620957733","issued":"2026-11-19","expires":"2027-05-19"}` + "\n"
	bergsAccount = `{"type":"account","customer":"K1","username":"aberg","used":true}` + "\n"
	feed         = berg + partner + savings + applied + bergsAccount
)

func removed(of, id string) string {
	return fmt.Sprintf(`{"type":"removed","of":%q,"id":%q}`, of, id) + "\n"
}

func withStatus(line, status string) string {
	return strings.Replace(line, "}", `,"status":"`+status+`"}`, 1)
}

// checkSound fails the test unless all records of a store fit.
func checkSound(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := check.CheckStore(t.Context(), s, func(p check.Problem) { t.Errorf("found %s", p) }, func(int, int) {}); err != nil {
		t.Error(err)
	}
}

// TestRemoved: what a file says is removed has ended, once; the same file again changes
// nothing, and the line of it brings it back.
func TestRemoved(t *testing.T) {
	for name, test := range map[string]struct {
		line  string
		ended string // as it is counted
		back  string // the line by which it is back
		is    func(tx *store.Tx) (ended bool)
	}{
		"customer": {removed("customer", "K1"), "customers removed", berg, func(tx *store.Tx) bool {
			c, found := tx.Customer("K1")
			return found && !c.IsActive() && c.IsGone() && !c.IsInBankFeed()
		}},
		"product": {removed("product", "P1"), "products removed", savings, func(tx *store.Tx) bool {
			p, found := tx.Product("P1")
			c, _ := tx.Customer("K1")
			return found && p.IsClosed() && !p.IsInBankFeed() && c.Holding("P1") != nil
		}},
		"closed product": {strings.Replace(savings, "}", `,"closed":"2026-11-01"}`, 1), "products closed", savings, func(tx *store.Tx) bool {
			p, found := tx.Product("P1")
			c, _ := tx.Customer("K1")
			return found && p.IsClosed() && p.IsInBankFeed() && c.Holding("P1") != nil
		}},
		"holder": {strings.Replace(removed("holder", "P1"), "}", `,"customer":"K2"}`, 1), "holders removed", savings, func(tx *store.Tx) bool {
			p, _ := tx.Product("P1")
			c, _ := tx.Customer("K2")
			return len(p.Holders) == 1 && p.Holders[0] == "K1" && c.Holding("P1") == nil && p.IsInBankFeed()
		}},
		"application": {removed("application", "A1"), "applications withdrawn", applied, func(tx *store.Tx) bool {
			a, found := tx.Application("A1")
			n, _ := tx.Number("481620957733")
			c, _ := tx.Customer("K1")
			return found && !a.IsInBankFeed() && n.NumberStateAt(tx.Now) == store.NumberRevoked && c.Holding("P2") == nil
		}},
		"deceased": {withStatus(berg, "deceased"), "customers deceased", berg, func(tx *store.Tx) bool {
			c, _ := tx.Customer("K1")
			return !c.IsActive() && c.IsGone() && c.IsInBankFeed()
		}},
		"blocked": {withStatus(berg, "blocked"), "customers blocked", withStatus(berg, "active"), func(tx *store.Tx) bool {
			c, _ := tx.Customer("K1")
			return !c.IsActive() && !c.IsGone() && c.IsInBankFeed()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, feed)
			is := func() (ended bool) {
				if err := s.View(t.Context(), func(tx *store.Tx) error { ended = test.is(tx); return nil }); err != nil {
					t.Fatal(err)
				}
				return ended
			}
			if is() {
				t.Fatal("it had ended before")
			}
			first := mustTake(t, s, test.line)
			if diff := cmp.Diff(map[string]int{test.ended: 1}, first.Ended); diff != "" || first.SumCounts().Changed != 1 || !is() {
				t.Errorf("ended %v %+v", diff, first)
			}
			checkSound(t, s)
			before := look(t, s)
			if second := mustTake(t, s, test.line); second.Ended != nil || second.SumCounts() != (transfer.EffectCount{Unchanged: 1}) {
				t.Errorf("the second time %+v", second)
			}
			same(t, "the second time", look(t, s), before)
			if back := mustTake(t, s, test.back); back.SumCounts().Changed != 1 {
				t.Errorf("brought back %+v", back)
			}
			if name != "application" && is() { // of which the numbers stay revoked
				t.Error("its line does not bring it back")
			}
			checkSound(t, s)
		})
	}
}

// TestRemovedIsTheBanks: a line ends nothing that the desk made, and nothing that is not there.
func TestRemovedIsTheBanks(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed)
	if err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutApplication(store.Application{ID: "ACCOUNT-K2", Applicants: []store.CustomerID{"K2"}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	all := removed("application", "ACCOUNT-K2") + removed("customer", "K9") + removed("product", "P9") + removed("application", "A9") +
		strings.Replace(removed("holder", "P1"), "}", `,"customer":"K9"}`, 1)
	if summary := mustTake(t, s, all); summary.Removed != (transfer.EffectCount{Unchanged: 5}) || summary.Ended != nil {
		t.Errorf("ended %+v", summary)
	}
}

// TestEndsInAudit: that the desk no longer deals with a customer, or does again, stands in the
// audit log, once each.
func TestEndsInAudit(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed)
	for _, file := range []string{withStatus(berg, "blocked"), withStatus(berg, "deceased"), berg, removed("customer", "K1"), berg} {
		for range 2 {
			mustTake(t, s, file)
		}
	}
	var steps []string
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		steps = nil
		for e := range tx.CustomerActivity("K1") {
			steps = append(steps, e.Step+": "+e.Outcome)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(steps) // because all are of one instant
	same(t, "the audit log", steps, []string{
		"import: customer active again", "import: customer active again", "import: customer blocked", "import: customer deceased", "import: customer removed",
	})
}

// TestMessagesWithdrawn: what waits for somebody who is dead goes to nobody, nor does what lets in
// somebody who is blocked. What tells them what happened does, and so does what is for the
// service desk.
func TestMessagesWithdrawn(t *testing.T) {
	for _, test := range []struct {
		line string
		left []string
	}{
		{withStatus(berg, "deceased"), []string{"call_back K1", "temporary_password K2"}},
		{removed("customer", "K1"), []string{"call_back K1", "temporary_password K2"}},
		{withStatus(berg, "blocked"), []string{"password_changed K1", "call_back K1", "temporary_password K2"}},
		{berg, []string{"temporary_password K1", "password_changed K1", "call_back K1", "username K1", "temporary_password K2"}},
	} {
		s := tempStore(t)
		mustTake(t, s, feed)
		if err := s.Update(t.Context(), func(tx *store.Tx) error {
			for _, m := range []store.Message{
				{Customer: "K1", Template: "temporary_password"}, {Customer: "K1", Template: "password_changed"}, {Customer: "K1", Template: "call_back"},
				{Customer: "K1", Template: "username"}, {Customer: "K2", Template: "temporary_password"},
			} {
				m.Channel, m.To = store.ByLetter, []string{"Dorpsstraat 12"}
				tx.PutMessage(m)
			}
			for m := range tx.Messages() {
				if m.Template == "username" {
					tx.MarkDead(m, "no such address")
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		withdrawn := mustTake(t, s, test.line).Ended["messages withdrawn"]
		left := map[string]bool{}
		if err := s.View(t.Context(), func(tx *store.Tx) error {
			clear(left)
			for m := range tx.Messages() {
				left[m.Template+" "+string(m.Customer)] = true
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for _, m := range test.left {
			want[m] = true
		}
		if diff := cmp.Diff(want, left); diff != "" || withdrawn != 5-len(test.left) {
			t.Errorf("%s: %d withdrawn, left %s", test.line, withdrawn, diff)
		}
	}
}

// TestExportOfEnded: what has ended has ended in another store too that imports what was exported.
func TestExportOfEnded(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, feed+withStatus(strings.Replace(partner, "K2", "K3", 1), "deceased"))
	mustTake(t, s, removed("customer", "K1")+removed("product", "P1")+removed("application", "A1"))
	written, _ := export(t, s)
	other := tempStore(t)
	mustTake(t, other, written)
	if again, _ := export(t, other); again != written {
		t.Errorf("exported again:\n%s\n%s", again, written)
	}
	if strings.Count(written, `"type":"removed"`) != 3 || !strings.Contains(written, `"status":"deceased"`) {
		t.Errorf("exported\n%s", written)
	}
}

// TestRemovedInOrder checks that lines that remove a record and describe it again do in one file what they do in two.
func TestRemovedInOrder(t *testing.T) {
	for name, r := range map[string]struct{ line, changed, removed string }{
		"customer":    {partner, strings.Replace(partner, "Bos", "Bosch", 1), removed("customer", "K2")},
		"product":     {savings, strings.Replace(savings, "Sparen", "Meer sparen", 1), removed("product", "P1")},
		"holder":      {savings, strings.Replace(savings, "Sparen", "Meer sparen", 1), strings.Replace(removed("holder", "P1"), "}", `,"customer":"K2"}`, 1)},
		"application": {applied, strings.Replace(applied, "2026-11-18", "2026-11-19", 1), removed("application", "A1")},
	} {
		for _, before := range []string{"", r.removed} {
			for _, file := range [][2]string{{r.line, r.removed}, {r.removed, r.line}, {r.changed, r.removed}, {r.removed, r.changed}} {
				one, other, beside := tempStore(t), tempStore(t), tempStore(t)
				for _, s := range []*store.Store{one, other, beside} {
					mustTake(t, s, feed)
					mustTake(t, s, before)
				}
				mustTake(t, one, file[0]+file[1])
				mustTake(t, other, file[0])
				mustTake(t, other, file[1])
				if _, err := transfer.ImportConcurrent(t.Context(), deskOf(beside), strings.NewReader(file[0]+file[1]), transfer.Options{}); err != nil {
					t.Fatal(err)
				}
				inOne, _ := export(t, one)
				inTwo, _ := export(t, other)
				inBeside, _ := export(t, beside)
				if diff := cmp.Diff(inTwo, inOne); diff != "" {
					t.Errorf("%s, after %q, %q: one file differs from two (-two +one):\n%s", name, before, file, diff)
				}
				if diff := cmp.Diff(inTwo, inBeside); diff != "" {
					t.Errorf("%s, after %q, %q: beside a desk it differs (-two +beside):\n%s", name, before, file, diff)
				}
				checkSound(t, one)
			}
		}
	}
}

// TestRemovedRepeatedly checks that the last line about a record counts, also if an earlier line of the file says the same. Several
// files with changes that were joined have such lines. They do in one file what they do in several.
func TestRemovedRepeatedly(t *testing.T) {
	for name, r := range map[string]struct{ line, removed string }{
		"customer":    {partner, removed("customer", "K2")},
		"product":     {savings, removed("product", "P1")},
		"holder":      {savings, strings.Replace(removed("holder", "P1"), "}", `,"customer":"K2"}`, 1)},
		"application": {applied, removed("application", "A1")},
	} {
		changed := strings.NewReplacer("Bos", "Bosch", "Sparen", "Meer sparen", "2026-11-18", "2026-11-19").Replace(r.line)
		for _, before := range []string{"", r.removed} {
			for _, line := range []string{r.line, changed} {
				for _, files := range [][]string{
					{line, r.removed, line}, {r.removed, line, r.removed}, {line, r.removed, r.removed}, {line, r.removed, line, r.removed}, {r.removed, line, r.removed, line},
				} {
					joined, separate, beside := tempStore(t), tempStore(t), tempStore(t)
					for _, s := range []*store.Store{joined, separate, beside} {
						mustTake(t, s, feed)
						mustTake(t, s, before)
					}
					summary := mustTake(t, joined, strings.Join(files, ""))
					for _, file := range files {
						mustTake(t, separate, file)
					}
					besideSummary, err := transfer.ImportConcurrent(t.Context(), deskOf(beside), strings.NewReader(strings.Join(files, "")), transfer.Options{})
					if err != nil {
						t.Fatal(err)
					}
					want, _ := export(t, separate)
					inJoined, _ := export(t, joined)
					inBeside, _ := export(t, beside)
					if diff := cmp.Diff(want, inJoined); diff != "" {
						t.Errorf("%s, after %q, %q: one file differs from several (-several +one):\n%s", name, before, files, diff)
					}
					if diff := cmp.Diff(want, inBeside); diff != "" {
						t.Errorf("%s, after %q, %q: beside a desk it differs (-several +beside):\n%s", name, before, files, diff)
					}
					same(t, "the summary beside a desk", besideSummary, summary)
					for what, count := range summary.Ended {
						if count != 1 {
							t.Errorf("%s, after %q, %q: %s: %d", name, before, files, what, count)
						}
					}
					checkSound(t, joined)
				}
			}
		}
	}
}
