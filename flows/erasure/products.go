package erasure

import (
	"context"
	"slices"

	"loket/store"
	"loket/store/kvdb"
)

// A release takes a product from customers who are being erased.
type release struct {
	product store.ProductID
	holders []store.CustomerID // holders are the customers who are being erased.
}

// maxReleases is the number of releases that are kept in memory. More are done in several steps, each of which reads all
// customers.
const maxReleases = 50_000

// eraseProducts takes their products from the customers, and deletes a product that nobody else has.
func (e *eraser) eraseProducts(ctx context.Context) error {
	var lasts []release // lasts are of products that nobody else holds.
	isTheirs := func(_ *store.Tx, _ string, p store.Product) bool { return slices.ContainsFunc(p.Holders, e.isHidden) }
	_, err := store.ForEachMatch(ctx, e.Store, store.ProductRecords, "", isTheirs, func(found []store.KeyedRecord[store.Product]) error {
		var shared []release
		for _, f := range found {
			r := release{product: f.Record.ID}
			for _, id := range f.Record.Holders {
				if e.isHidden(id) {
					r.holders = append(r.holders, id)
				}
			}
			if len(r.holders) == len(f.Record.Holders) {
				lasts = append(lasts, r)
			} else {
				shared = append(shared, r)
			}
		}
		if err := e.releaseProducts(ctx, shared, nil); err != nil || len(lasts) < maxReleases {
			return err
		}
		err := e.releaseFromLastHolders(ctx, lasts)
		lasts = nil
		return err
	})
	if err != nil {
		return err
	}
	return e.releaseFromLastHolders(ctx, lasts)
}

func (e *eraser) isHidden(id store.CustomerID) bool { return e.hidden[id] }

// releaseFromLastHolders takes products from their last holders. It reads all customers once, to find those who applied for them.
func (e *eraser) releaseFromLastHolders(ctx context.Context, lasts []release) error {
	if len(lasts) == 0 {
		return nil
	}
	applicants := map[store.ProductID][]store.CustomerID{}
	wanted := make(map[store.ProductID]bool, len(lasts))
	for _, r := range lasts {
		wanted[r.product] = true
	}
	holdsOne := func(_ *store.Tx, _ string, c store.Customer) bool {
		return slices.ContainsFunc(c.Holdings, func(h store.Holding) bool { return wanted[h.Product] })
	}
	if _, err := store.ForEachMatch(ctx, e.Store, store.CustomerRecords, "", holdsOne, func(found []store.KeyedRecord[store.Customer]) error {
		for _, f := range found {
			for _, h := range f.Record.Holdings {
				if wanted[h.Product] {
					applicants[h.Product] = append(applicants[h.Product], f.Record.ID)
				}
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return e.releaseProducts(ctx, lasts, applicants)
}

// A holderOf is a customer who is being erased, as the holder of a product.
type holderOf struct {
	product store.ProductID
	holder  store.CustomerID
}

// releaseProducts takes products from the customers who are being erased. The parameter applicants has the customers who get a
// product that loses its last holder. A product with applicants takes a transaction of its own, because reading them takes many
// keys.
func (e *eraser) releaseProducts(ctx context.Context, releases []release, applicants map[store.ProductID][]store.CustomerID) error {
	deleted := map[store.ProductID]bool{}
	var without []holderOf
	for _, r := range releases {
		var holders []holderOf
		for _, id := range r.holders {
			holders = append(holders, holderOf{r.product, id})
		}
		if len(applicants[r.product]) == 0 {
			without = append(without, holders...)
			continue
		}
		for _, h := range holders {
			if err := e.Store.Update(ctx, func(tx *store.Tx) error {
				deleted[h.product] = releaseProduct(tx, h, applicants[h.product])
				return nil
			}); err != nil {
				return err
			}
		}
	}
	if err := store.UpdateEach(ctx, e.Store, without, func(tx *store.Tx, h holderOf) { deleted[h.product] = releaseProduct(tx, h, nil) }); err != nil {
		return err
	}
	for _, isDeleted := range deleted {
		if isDeleted {
			e.counts.Products++
		} else {
			e.counts.SharedProducts++
		}
	}
	return nil
}

// releaseProduct takes a product from a holder who is being erased. If nobody else has the product, it deletes the product and
// returns true.
func releaseProduct(tx *store.Tx, h holderOf, applicants []store.CustomerID) (isDeleted bool) {
	p, found := tx.Product(h.product)
	if !found {
		return true
	}
	if !slices.Contains(p.Holders, h.holder) || !isLeftover(tx, h.holder, p.ID) {
		return false
	}
	p = p.WithoutHolders(func(other store.CustomerID) bool { return other == h.holder })
	if len(p.Holders) == 0 {
		p.Holders = filterCurrentHolders(tx, p.ID, applicants)
		if p.Origin != 0 {
			p.Origin = p.LineFingerprint()
		}
	}
	if len(p.Holders) == 0 {
		tx.DeleteProduct(p.ID)
		return true
	}
	tx.PutProduct(p)
	return false
}

// maxApplicants limits how many applicants for a product are read again, so that the transaction stays within kvdb.MaxKeys. The
// product and its indexes take fewer than 20 keys. Hardly any product has more applicants; the ones beyond the limit get the
// product without another read.
const maxApplicants = kvdb.MaxKeys - 20

// filterCurrentHolders returns the given customers who still hold a product. Some may have been erased in the meantime.
func filterCurrentHolders(tx *store.Tx, id store.ProductID, customers []store.CustomerID) []store.CustomerID {
	reads := 0
	return slices.DeleteFunc(slices.Clone(customers), func(other store.CustomerID) bool {
		if reads++; reads > maxApplicants {
			return false
		}
		c, _ := tx.Customer(other)
		return c.Holding(id) == nil
	})
}
