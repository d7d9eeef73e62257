package reindex

import (
	"context"
	"errors"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// mendIndexes removes the IDs that an index entry has of records without the facts of the entry, and adds the IDs that are missing.
func mendIndexes(ctx context.Context, s *store.Store) error {
	emails, usernames := store.NewTable[store.CustomerID](store.EmailTable), store.NewTable[store.CustomerID](store.UsernameTable)
	return errors.Join(
		removeFromLists(ctx, s, store.PersonTable, func(tx *store.Tx, key string, id store.CustomerID) bool {
			c, found := tx.Customer(id)
			return found && tx.PersonKey(c.PersonFacts()) == key
		}),
		removeFromLists(ctx, s, store.ProductNumberTable, func(tx *store.Tx, key string, id store.ProductID) bool {
			p, found := tx.Product(id)
			return found && tx.ProductNumberKey(p.NormalisedNumber) == key
		}),
		mendEach(ctx, s, emails, func(tx *store.Tx, key string, id store.CustomerID) bool {
			c, found := tx.Customer(id)
			return found && c.Email != "" && tx.EmailKey(c.Email, id) == key
		}, deleteEntry),
		mendEach(ctx, s, usernames, func(tx *store.Tx, key string, id store.CustomerID) bool {
			a, found := tx.Account(id)
			return found && tx.UsernameKey(a.Username) == key
		}, deleteEntry),
		addMissing(ctx, s),
	)
}

// removeFromLists removes from an index, whose entries are lists of IDs, every ID for which isRight returns false.
func removeFromLists[ID comparable](ctx context.Context, s *store.Store, table string, isRight func(tx *store.Tx, key string, id ID) bool) error {
	hasWrong := func(tx *store.Tx, key string, ids []ID) bool {
		return slices.ContainsFunc(ids, func(id ID) bool { return !isRight(tx, key, id) })
	}
	_, err := store.ForEachMatch(ctx, s, store.NewTable[[]ID](table), "", hasWrong, func(lists []store.KeyedRecord[[]ID]) error {
		var listed []store.KeyedRecord[ID] // Each ID is an item of its own, because a list can be longer than a transaction may read.
		for _, list := range lists {
			for _, id := range list.Record {
				listed = append(listed, store.KeyedRecord[ID]{Key: list.Key, Record: id})
			}
		}
		return store.UpdateEach(ctx, s, listed, func(tx *store.Tx, one store.KeyedRecord[ID]) {
			if !isRight(tx, one.Key, one.Record) {
				sealedkv.RemoveFromIndex(tx.SealedTx(), one.Key, one.Record)
			}
		})
	})
	return err
}

func deleteEntry(tx *store.Tx, key string, _ store.CustomerID) { tx.SealedTx().Delete(key) }

// addMissing adds the index entries that records lack.
func addMissing(ctx context.Context, s *store.Store) error {
	return errors.Join(
		mendEach(ctx, s, store.CustomerRecords, func(tx *store.Tx, _ string, c store.Customer) bool {
			return c.BeingErased || slices.Contains(tx.CustomersByPerson(c.PersonFacts()), c.ID) && (c.Email == "" || hasEntry(tx, tx.EmailKey(c.Email, c.ID)))
		}, func(tx *store.Tx, _ string, c store.Customer) { tx.AddCustomer(c) }),
		mendEach(ctx, s, store.AccountRecords, func(tx *store.Tx, _ string, a store.Account) bool {
			return hasEntry(tx, tx.UsernameKey(a.Username))
		}, func(tx *store.Tx, _ string, a store.Account) {
			sealedkv.Put(tx.SealedTx(), tx.UsernameKey(a.Username), a.Customer)
		}),
		mendEach(ctx, s, store.ProductRecords, func(tx *store.Tx, _ string, p store.Product) bool {
			ids, _ := sealedkv.Get[[]store.ProductID](tx.SealedTx(), tx.ProductNumberKey(p.NormalisedNumber))
			return p.Retired || slices.Contains(ids, p.ID)
		}, func(tx *store.Tx, _ string, p store.Product) { tx.AddProduct(p) }),
	)
}

func hasEntry(tx *store.Tx, key string) bool {
	_, found := tx.SealedTx().KV.Get(key)
	return found
}

// mendEach calls mend for each record of a table that isRight refuses, in a transaction in which that is still so.
func mendEach[T any](ctx context.Context, s *store.Store, table store.Table[T], isRight func(tx *store.Tx, key string, record T) bool, mend func(tx *store.Tx, key string, record T)) error {
	isWrong := func(tx *store.Tx, key string, record T) bool { return !isRight(tx, key, record) }
	_, err := store.ForEachMatch(ctx, s, table, "", isWrong, func(found []store.KeyedRecord[T]) error {
		return store.UpdateEach(ctx, s, found, func(tx *store.Tx, f store.KeyedRecord[T]) {
			if record, still := table.Get(tx, f.Key); still && !isRight(tx, f.Key, record) {
				mend(tx, f.Key, record)
			}
		})
	})
	return err
}
