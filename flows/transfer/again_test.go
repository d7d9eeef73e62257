package transfer_test

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"loket/flows/transfer"
	"loket/store"
)

func TestSameFileAgainWritesNothing(t *testing.T) {
	s, engine := interruptible(t)
	mustTake(t, s, whole)
	mustUpdate(t, s, func(tx *store.Tx) error { // meanwhile customers came to the desk
		n, _ := tx.Number("481620957733")
		n.Used = tx.Now
		tx.PutNumber(n)
		c, _ := tx.Customer("K2")
		c.Holding("P1").OpenedAt = tx.Now
		tx.PutCustomer(c)
		tx.PutAccount(store.Account{Customer: "K2", Username: "abvdberg2", PasswordHash: "new", HasLoggedIn: true})
		a, _ := tx.Account("K1")
		a.Username, a.PasswordHash = "anders", "changed"
		tx.PutAccount(a)
		return nil
	})
	before, loads := look(t, s), engine.loads
	if all := mustTake(t, s, whole).SumCounts(); all.New+all.Changed > 0 || all.Unchanged != strings.Count(whole, "\n") {
		t.Errorf("summary %+v", all)
	}
	if engine.loads != loads {
		t.Error("something was written")
	}
	same(t, "store", look(t, s), before)
}

func TestChangedLines(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, whole)
	mustUpdate(t, s, func(tx *store.Tx) error {
		c, _ := tx.Customer("K2")
		c.Holding("P1").OpenedAt = tx.Now
		tx.PutCustomer(c)
		return nil
	})
	file := strings.NewReplacer(
		`"postcode":"3511 AB"`, `"postcode":"9999 ZZ"`, // K2 moved
		`"id":"P1","kind":"savings","name":"Internetsparen"`, `"id":"P1","kind":"savings","name":"Sparen"`,
		`"number":"88-7"`, `"number":"88-8"`,
		`"holders":["K2"],"since":"2020-01-01"`, `"holders":["K1"],"since":"2020-01-01"`, // P4 went to K1
		hash, strings.Replace(hash, "AAA", "BBB", 1),
	).Replace(whole)
	same(t, "summary", mustTake(t, s, file), transfer.Summary{
		Customers: transfer.EffectCount{Changed: 1, Unchanged: 1}, Products: transfer.EffectCount{Changed: 3, Unchanged: 4},
		Applications: transfer.EffectCount{Unchanged: 1}, Accounts: transfer.EffectCount{Unchanged: 1}, ActivationNumbers: transfer.EffectCount{Unchanged: 2},
	})
	e := look(t, s)
	k1, k2 := e.Customers[0], e.Customers[1]
	if k2.Postcode != "9999 ZZ" || !slices.Equal(e.Persons["K2"], []store.CustomerID{"K2"}) {
		t.Errorf("K2 is at %s, and found as %v", k2.Postcode, e.Persons["K2"])
	}
	if h := k2.Holding("P1"); h == nil || h.OpenedAt.IsZero() {
		t.Errorf("what K2 had opened is %+v", h)
	}
	if k2.Holding("P4") != nil || k1.Holding("P4") == nil {
		t.Errorf("P4 is held by K1: %+v, by K2: %+v", k1.Holding("P4"), k2.Holding("P4"))
	}
	if h := k1.Holding("P1"); h.IsVisible() {
		t.Error("P1 shows without its number")
	}
	if p := e.ByNumber["P7"]; len(p) != 1 || p[0].Number != "88-8" {
		t.Errorf("found by the new number: %+v", p)
	}
	if e.Accounts[0].PasswordHash != hash {
		t.Error("the account was changed")
	}
}

// What was applied for shows once its number was used, unless it showed before.
func TestWhatShows(t *testing.T) {
	for name, test := range map[string]struct {
		files  []string
		k1, k2 bool
	}{
		"held":                               {[]string{anna + bram + joint}, true, true},
		"applied for in the same file":       {[]string{anna + bram + joint + both}, false, false},
		"applied for by one of the holders":  {[]string{anna + bram + joint + asks}, false, true},
		"applied for later":                  {[]string{anna + bram + joint, both}, true, true},
		"a holder who applied comes later":   {[]string{anna + bram + policy, joint + both}, true, false},
		"product changes after applying":     {[]string{anna + bram + joint + both, strings.Replace(joint, "Polis", "Plan", 1)}, false, false},
		"another application for it, later":  {[]string{anna + bram + joint, both, strings.ReplaceAll(both, "A1", "A2")}, true, true},
		"an applicant who is no holder":      {[]string{anna + bram + policy + strings.Replace(both, `["K1","K2"]`, `["K2"]`, 1)}, true, false},
		"not an applicant any more":          {[]string{anna + bram + policy + both, asks}, false, false},
		"application for another after all":  {[]string{anna + bram + policy + asks, strings.ReplaceAll(policy, "P1", "P2") + strings.Replace(asks, "P1", "P2", 1)}, true, false},
		"no holder any more, but applied so": {[]string{anna + bram + joint + both, policy}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			for _, file := range test.files {
				mustTake(t, s, file)
			}
			for i, want := range []bool{test.k1, test.k2} {
				c := look(t, s).Customers[i]
				h := c.Holding("P1")
				if shows := h != nil && h.IsVisible(); shows != want {
					t.Errorf("P1 shows to %s: %v (%+v)", c.ID, shows, h)
				}
			}
		})
	}
}
