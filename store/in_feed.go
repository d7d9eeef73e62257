package store

import (
	"context"

	"loket/store/sealedkv"
)

// A FeedRecord identifies an imported record that has not ended.
type FeedRecord struct {
	Table string // Table is the table of customers, products or applications.
	ID    string
}

// recordsPerView is the number of records that one read transaction visits.
const recordsPerView = 2000

// ForEachInFeed calls found with each imported record that has not ended: see IsInBankFeed. Other transactions may write meanwhile.
func (s *Store) ForEachInFeed(ctx context.Context, found func(FeedRecord) error) error {
	for _, table := range []struct {
		name string
		read func(tx *Tx, after string) (ids []string, last string)
	}{
		{ApplicationTable, func(tx *Tx, after string) ([]string, string) {
			return listFeedIDs(tx, ApplicationTable, after, func(a Application) (string, bool) { return string(a.ID), a.IsInBankFeed() })
		}},
		{ProductTable, func(tx *Tx, after string) ([]string, string) {
			return listFeedIDs(tx, ProductTable, after, func(p Product) (string, bool) { return string(p.ID), p.IsInBankFeed() && !p.Retired })
		}},
		{CustomerTable, func(tx *Tx, after string) ([]string, string) {
			return listFeedIDs(tx, CustomerTable, after, func(c Customer) (string, bool) { return string(c.ID), c.IsInBankFeed() && !c.BeingErased })
		}},
	} {
		for after, more := "", true; more; {
			var ids []string
			if err := s.View(ctx, func(tx *Tx) error {
				before := after
				ids, after = table.read(tx, after)
				more = after != before
				return nil
			}); err != nil {
				return err
			}
			for _, id := range ids {
				if err := found(FeedRecord{table.name, id}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// listFeedIDs returns the IDs of the records after a key that are in the feed, among the next recordsPerView records. It also
// returns the key of the last record that it read.
func listFeedIDs[T any](tx *Tx, table, after string, is func(T) (id string, inFeed bool)) (ids []string, last string) {
	n := 0
	for key, record := range sealedkv.ScanAfter[T](tx.sealed, table, after) {
		if id, in := is(record); in {
			ids = append(ids, id)
		}
		if after, n = key, n+1; n == recordsPerView {
			break
		}
	}
	return ids, after
}
