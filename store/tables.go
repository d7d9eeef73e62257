package store

import (
	"context"
	"iter"

	"loket/store/kvdb"
)

// The tables, each with its kind of record.
const (
	products     = "product"
	applications = "application"
	customers    = "customer"
	accounts     = "account"
	OutboxTable  = "outbox"
	activity     = "activity" // the audit entries of each customer
	tries        = "tries"
	terminals    = "terminal"
	rushes       = "rush"
	requests     = "requests"
	outages      = "outage"
	challenges   = "challenge"
	duties       = "duty"

	queuedEntries  = "audit"      // what is recorded and not in the log yet
	logEntries     = "log"        // number →
	logTiles       = "tile"       // number → hashes of 256 entries
	logCheckpoints = "checkpoint" // size → as it was signed when the log had it
	logHeads       = "head"       // of which there is one

	usernames      = "username"       // → the account's customer
	handles        = "handle"         // what phones know an account by → its customer
	productNumbers = "product number" // → products
	persons        = "person"         // birth date, postcode and house number → customers
	numbers        = "number"         // activation numbers
	TurnTable      = "turn"           // channel and time → messages
)

// Tables lists them in the order in which a load writes them: a record comes
// after what it is found by, and after the records that were changed because of
// it. So a load that was interrupted leaves no record that is there, seems
// imported, and lacks the rest; and what is found of one that is not there yet
// is nothing.
var Tables = []string{
	usernames, handles, productNumbers, persons, TurnTable,
	customers, products, accounts, numbers, applications,
	OutboxTable, queuedEntries, activity, tries, terminals, rushes, requests, outages, challenges, duties,
	logEntries, logTiles, logCheckpoints, logHeads,
}

// meta is the table of what a store says about itself.
const meta = "meta"

// AllTables lists every table, that of what the store says about itself first.
func AllTables() []string { return append([]string{meta}, Tables...) }

// SealedOf yields the entries of a table whose values are sealed, which all are
// but the version of the schema.
func SealedOf(kv kvdb.KV, table string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for key, sealed := range kv.Scan(table + "/") {
			if key != SchemaKey && !yield(key, sealed) {
				return
			}
		}
	}
}

// Count counts the records of each table.
func (s *Store) Count(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	err := s.engine.View(ctx, func(kv kvdb.KV) error {
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
