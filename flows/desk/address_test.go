package desk_test

import (
	"slices"
	"testing"

	"loket/flows/desk"
	"loket/store"
)

// TestAddressLines tests that letters are addressed as the Dutch post requires and, abroad, as the Universal Postal Union
// requires.
func TestAddressLines(t *testing.T) {
	home := store.Customer{Street: "Dorpsstraat", HouseNumber: 12, Addition: "A", Postcode: "3511 AB", City: "Utrecht"}
	with := func(change func(*store.Customer)) store.Customer {
		c := home
		change(&c)
		return c
	}
	for name, test := range map[string]struct {
		c    store.Customer
		want []string
	}{
		"home":            {home, []string{"Dorpsstraat 12A", "3511 AB  Utrecht"}},
		"opposite":        {with(func(c *store.Customer) { c.Designation = store.DesignationOpposite }), []string{"Dorpsstraat t/o 12A", "3511 AB  Utrecht"}},
		"beside":          {with(func(c *store.Customer) { c.Designation = store.DesignationBeside }), []string{"Dorpsstraat bij 12A", "3511 AB  Utrecht"}},
		"no house number": {with(func(c *store.Customer) { c.HouseNumber, c.Addition = 0, "" }), []string{"Dorpsstraat", "3511 AB  Utrecht"}},
		"abroad": {store.Customer{Country: "BE", Lines: []string{"Wetstraat 16 bus 3", "1000 Brussel"}, Postcode: "1000"},
			[]string{"Wetstraat 16 bus 3", "1000 Brussel", "BELGIË"}},
	} {
		if got := desk.AddressLines(test.c); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
