package reindex

import (
	"context"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// mendIndexes removes the entries that lead to no record with their facts, and adds those that are missing.
func mendIndexes(ctx context.Context, s *store.Store) error {
	for _, mend := range []func(context.Context, *store.Store) error{
		listIndex(store.PersonTable, func(tx *store.Tx, id store.CustomerID) string {
			c, found := tx.Customer(id)
			return keyIf(found, func() string { return tx.PersonKey(c.PersonFacts()) })
		}).removeOrphans,
		listIndex(store.ProductNumberTable, func(tx *store.Tx, id store.ProductID) string {
			p, found := tx.Product(id)
			return keyIf(found, func() string { return tx.ProductNumberKey(p.NormalisedNumber) })
		}).removeOrphans,
		singleIndex(store.EmailTable, func(tx *store.Tx, id store.CustomerID) string {
			c, found := tx.Customer(id)
			return keyIf(found && c.Email != "", func() string { return tx.EmailKey(c.Email, id) })
		}).removeOrphans,
		singleIndex(store.UsernameTable, func(tx *store.Tx, id store.CustomerID) string {
			a, found := tx.Account(id)
			return keyIf(found, func() string { return tx.UsernameKey(a.Username) })
		}).removeOrphans,
		addMissing,
	} {
		if err := mend(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func keyIf(found bool, key func() string) string {
	if !found {
		return ""
	}
	return key()
}

// An index is a table whose keys are hashes of facts. The value under a key, of type E, has the IDs of the records with those facts.
type index[ID comparable, E any] struct {
	table string
	ids   func(E) []ID // ids returns the IDs in a value.
	// keyOf returns the key of the entry that should lead to a record, or "" if there is no such record.
	keyOf func(tx *store.Tx, id ID) string
	// remove takes an ID from the entry under a key.
	remove func(tx *store.Tx, key string, id ID)
}

// listIndex returns an index whose entries are lists of IDs.
func listIndex[ID comparable](table string, keyOf func(*store.Tx, ID) string) index[ID, []ID] {
	return index[ID, []ID]{
		table:  table,
		ids:    func(ids []ID) []ID { return ids },
		keyOf:  keyOf,
		remove: func(tx *store.Tx, key string, id ID) { sealedkv.RemoveFromIndex(tx.SealedTx(), key, id) },
	}
}

// singleIndex returns an index whose entries are the ID of one customer.
func singleIndex(table string, keyOf func(*store.Tx, store.CustomerID) string) index[store.CustomerID, store.CustomerID] {
	return index[store.CustomerID, store.CustomerID]{
		table:  table,
		ids:    func(id store.CustomerID) []store.CustomerID { return []store.CustomerID{id} },
		keyOf:  keyOf,
		remove: func(tx *store.Tx, key string, _ store.CustomerID) { tx.SealedTx().Delete(key) },
	}
}

// An orphan is an ID in an index entry that leads to no record with the facts of the entry.
type orphan[ID any] struct {
	key string
	id  ID
}

// entriesPerView is the number of index entries that one read transaction visits.
const entriesPerView = 2000

// removeOrphans removes the orphans from the index.
func (i index[ID, E]) removeOrphans(ctx context.Context, s *store.Store) error {
	for after, more := "", true; more; {
		var found []orphan[ID]
		if err := s.View(ctx, func(tx *store.Tx) error {
			found, more = nil, false
			read := 0
			for key, entry := range store.NewTable[E](i.table).RecordsAfter(tx, after) {
				for _, id := range i.ids(entry) {
					if i.keyOf(tx, id) != key {
						found = append(found, orphan[ID]{key, id})
					}
				}
				if read++; read == entriesPerView {
					after, more = key, true
					break
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if err := store.UpdateEach(ctx, s, found, func(tx *store.Tx, o orphan[ID]) {
			if i.keyOf(tx, o.id) != o.key { // It may have got its record meanwhile.
				i.remove(tx, o.key, o.id)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

// addMissing adds the entries of records that their index does not have.
func addMissing(ctx context.Context, s *store.Store) error {
	err := addEach(ctx, s, store.CustomerRecords, func(tx *store.Tx, c store.Customer) bool {
		return c.BeingErased || slices.Contains(tx.CustomersByPerson(c.PersonFacts()), c.ID) && (c.Email == "" || hasEntry(tx, tx.EmailKey(c.Email, c.ID)))
	}, func(tx *store.Tx, c store.Customer) { tx.AddCustomer(c) })
	if err != nil {
		return err
	}
	err = addEach(ctx, s, store.AccountRecords, func(tx *store.Tx, a store.Account) bool { return hasEntry(tx, tx.UsernameKey(a.Username)) }, func(tx *store.Tx, a store.Account) {
		sealedkv.Put(tx.SealedTx(), tx.UsernameKey(a.Username), a.Customer)
	})
	if err != nil {
		return err
	}
	return addEach(ctx, s, store.ProductRecords, func(tx *store.Tx, p store.Product) bool {
		ids, _ := sealedkv.Get[[]store.ProductID](tx.SealedTx(), tx.ProductNumberKey(p.NormalisedNumber))
		return p.Retired || slices.Contains(ids, p.ID)
	}, func(tx *store.Tx, p store.Product) { tx.AddProduct(p) })
}

func hasEntry(tx *store.Tx, key string) bool {
	_, found := tx.SealedTx().KV.Get(key)
	return found
}

// addEach calls add for each record of a table that an index does not have, in a transaction in which that is still so.
func addEach[T any](ctx context.Context, s *store.Store, table store.Table[T], isIndexed func(*store.Tx, T) bool, add func(*store.Tx, T)) error {
	_, err := store.ForEachMatch(ctx, s, table, "", func(tx *store.Tx, r T) bool { return !isIndexed(tx, r) }, func(found []store.KeyedRecord[T]) error {
		return store.UpdateEach(ctx, s, found, func(tx *store.Tx, f store.KeyedRecord[T]) {
			if r, is := table.Get(tx, f.Key); is && !isIndexed(tx, r) {
				add(tx, r)
			}
		})
	})
	return err
}
