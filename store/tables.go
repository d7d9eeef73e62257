package store

import (
	"context"
	"strings"
)

// The tables, each with its kind of record. Those that are only looked up in
// come last: what a load writes in this order can be found only once it is whole.
const (
	products     = "product"
	applications = "application"
	customers    = "customer"
	accounts     = "account"
	messages     = "outbox"
	auditEntries = "audit"
	tries        = "tries"
	terminals    = "terminal"
	rushes       = "rush"
	requests     = "requests"

	usernames      = "username"       // → the account's customer
	productNumbers = "product number" // → products
	persons        = "person"         // birth date, postcode and house number → customers
	numbers        = "number"         // activation numbers
)

// Tables lists them in the order in which a load writes them.
var Tables = []string{
	products, applications, customers, accounts, messages, auditEntries, tries, terminals, rushes, requests,
	usernames, productNumbers, persons, numbers,
}

// table is the name of the table that key is in.
func table(key string) string {
	name, _, _ := strings.Cut(key, "/")
	return name
}

// Count counts the records of each table.
func (s *Store) Count(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	err := s.engine.View(ctx, func(kv KV) error {
		for _, table := range Tables {
			counts[table] = 0
			for range kv.Scan(table + "/") {
				counts[table]++
			}
		}
		return nil
	})
	return counts, err
}
