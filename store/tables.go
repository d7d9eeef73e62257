package store

import (
	"context"
	"strings"
)

// The tables, each with its kind of record.
const (
	products     = "product"
	applications = "application"
	customers    = "customer"
	accounts     = "account"
	messages     = "outbox"
	auditEntries = "audit"
	activity     = "activity" // the audit entries of each customer
	tries        = "tries"
	terminals    = "terminal"
	rushes       = "rush"
	requests     = "requests"
	outages      = "outage"

	usernames      = "username"       // → the account's customer
	productNumbers = "product number" // → products
	persons        = "person"         // birth date, postcode and house number → customers
	numbers        = "number"         // activation numbers
	turns          = "turn"           // channel and time → messages
)

// Tables lists them in the order in which a load writes them: a record comes
// after what it is found by, and after the records that were changed because of
// it. So a load that was interrupted leaves no record that is there, seems
// imported, and lacks the rest; and what is found of one that is not there yet
// is nothing.
var Tables = []string{
	usernames, productNumbers, persons, turns,
	customers, products, accounts, numbers, applications,
	messages, auditEntries, activity, tries, terminals, rushes, requests, outages,
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
