package transfer

import (
	"context"

	"loket/flows/transfer/lines"
	"loket/store"
)

// forEachInFeed calls found with each imported record that has not ended: see store.Customer.IsInBankFeed. Other transactions may
// write meanwhile.
func forEachInFeed(ctx context.Context, s *store.Store, found func(lines.RecordRef) error) error {
	err := forEachRecord(ctx, s, store.ApplicationRecords, func(a store.Application) bool { return a.IsInBankFeed() }, func(a store.Application) error {
		return found(lines.RecordRef{Type: lines.ApplicationType, ID: string(a.ID)})
	})
	if err != nil {
		return err
	}
	err = forEachRecord(ctx, s, store.ProductRecords, func(p store.Product) bool { return p.IsInBankFeed() && !p.Retired }, func(p store.Product) error {
		return found(lines.RecordRef{Type: lines.ProductType, ID: string(p.ID)})
	})
	if err != nil {
		return err
	}
	return forEachRecord(ctx, s, store.CustomerRecords, func(c store.Customer) bool { return c.IsInBankFeed() && !c.BeingErased }, func(c store.Customer) error {
		return found(lines.RecordRef{Type: lines.CustomerType, ID: string(c.ID)})
	})
}

// forEachRecord calls do with each matching record of a table.
func forEachRecord[T any](ctx context.Context, s *store.Store, table store.Table[T], matches func(T) bool, do func(T) error) error {
	_, err := store.ForEachMatch(ctx, s, table, "", func(_ *store.Tx, _ string, record T) bool { return matches(record) }, func(some []store.KeyedRecord[T]) error {
		for _, each := range some {
			if err := do(each.Record); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
