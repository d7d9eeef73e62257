package transfer_test

import (
	"strings"
	"testing"
	"time"

	"loket/store"
)

// TestImportOverUnconfirmed checks that an import leaves the e-mail address of the service desk unconfirmed, until the bank has
// another address.
func TestImportOverUnconfirmed(t *testing.T) {
	s := tempStore(t)
	mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl"))
	since := time.Date(2026, 11, 22, 13, 0, 0, 0, time.UTC)
	change(t, s, true, func(c *store.Customer) { c.Email, c.UnconfirmedSince = ownEmail, since })
	for _, night := range []struct {
		line, email string
		since       time.Time
	}{
		{celik("Haven", banksEmail, banksPhone, "nl"), ownEmail, since},
		{celik("Kade", banksEmail, banksPhone, "en"), ownEmail, since},
		{celik("Kade", "d@example.org", banksPhone, "en"), "d@example.org", time.Time{}},
	} {
		mustTake(t, s, night.line)
		if c := look(t, s).Customers[0]; c.Email != night.email || !c.UnconfirmedSince.Equal(night.since) {
			t.Errorf("after %s it is %s, unconfirmed since %v", night.line, c.Email, c.UnconfirmedSince)
		}
	}
}

// TestExportUnconfirmed checks that another desk has it too that an e-mail address is not confirmed, whether that address is the
// customer's own or the bank's, and that a desk which knows the customer goes by what it knows itself.
func TestExportUnconfirmed(t *testing.T) {
	since := time.Date(2026, 11, 20, 9, 30, 0, 1000, time.UTC)
	for name, email := range map[string]string{"an address of their own": ownEmail, "the address that the bank has": banksEmail} {
		t.Run(name, func(t *testing.T) {
			first, second, third := tempStore(t), tempStore(t), tempStore(t)
			for _, s := range []*store.Store{first, third} {
				mustTake(t, s, celik("Haven", banksEmail, banksPhone, "nl"))
			}
			change(t, first, true, func(c *store.Customer) { c.Email, c.UnconfirmedSince = email, since })
			file, _ := export(t, first)
			if want := `"email_unconfirmed_since":"2026-11-20T09:30:00.000001Z"`; strings.Count(file, want) != 1 {
				t.Fatalf("without %s it is\n%s", want, file)
			}
			mustTake(t, second, file)
			if c := look(t, second).Customers[0]; c.Email != email || !c.UnconfirmedSince.Equal(since) {
				t.Errorf("at the second desk it is %s, unconfirmed since %v", c.Email, c.UnconfirmedSince)
			}
			if again, _ := export(t, second); again != file {
				t.Errorf("exported again, it is\n%s", again)
			}
			if all := mustTake(t, first, file).SumCounts(); all.New+all.Changed > 0 || !look(t, first).Customers[0].UnconfirmedSince.Equal(since) {
				t.Errorf("imported where it came from, it changes %+v", all)
			}
			mustTake(t, third, file)
			if c := look(t, third).Customers[0]; c.Email != banksEmail || !c.UnconfirmedSince.IsZero() {
				t.Errorf("at a desk that knows the customer it is %s, unconfirmed since %v", c.Email, c.UnconfirmedSince)
			}
		})
	}
}

// TestUnconfirmedNeverByTheBank checks that an address which a file brings as the bank's is confirmed, also where the file says that
// the customer's address of another desk is not.
func TestUnconfirmedNeverByTheBank(t *testing.T) {
	first, second := tempStore(t), tempStore(t)
	mustTake(t, first, celik("Haven", "d@example.org", banksPhone, "nl"))
	mustTake(t, second, celik("Haven", banksEmail, banksPhone, "nl"))
	change(t, first, true, func(c *store.Customer) { c.UnconfirmedSince = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC) })
	file, _ := export(t, first)
	mustTake(t, second, file)
	if c := look(t, second).Customers[0]; c.Email != "d@example.org" || !c.UnconfirmedSince.IsZero() {
		t.Errorf("it is %s, unconfirmed since %v", c.Email, c.UnconfirmedSince)
	}
}
