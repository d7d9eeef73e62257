package transfer_test

import (
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
