package check

import (
	"hash/maphash"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// A checker checks the records of a store.
type checker struct {
	tx              *store.Tx // tx is used only for reading keys and values.
	appliedProducts map[uint64]bool
	hashSeed        maphash.Seed

	versions newestVersions
}

// gatherAppliedProducts collects the hashes of all products for which there is an application. A former applicant has no
// holding by the application any more, but may still be a holder of the product.
func (c *checker) gatherAppliedProducts() {
	c.appliedProducts, c.hashSeed = map[uint64]bool{}, maphash.MakeSeed()
	for key, sealed := range c.tx.SealedTx().KV.Scan(store.ApplicationTable + "/") {
		if a, err := sealedkv.Decode[struct {
			Product store.ProductID `cbor:"2,keyasint"`
		}](c.tx.SealedTx().Keys, key, sealed); err == nil {
			c.appliedProducts[maphash.String(c.hashSeed, string(a.Product))] = true
		}
	}
}

func (c *checker) wasAppliedFor(id store.ProductID) bool {
	return c.appliedProducts[maphash.String(c.hashSeed, string(id))]
}

// A recordCheck returns the faults of the record at key.
type recordCheck = func(c *checker, key string, sealed []byte) (findings []string)

// newReadableCheck returns a check that a record can be read. If the function look is not nil, the check also returns the
// findings of look about the record.
func newReadableCheck[T any](look func(c *checker, key string, record T) []string) recordCheck {
	return func(c *checker, key string, sealed []byte) []string {
		value, err := c.tx.SealedTx().Keys.Unseal(key, sealed)
		if err != nil {
			return []string{"cannot be unsealed"}
		}
		var record T
		if err := sealedkv.Unmarshal(value, &record); err != nil {
			return []string{"cannot be decoded"}
		}
		if look == nil {
			return nil
		}
		return look(c, key, record)
	}
}

// readReferredRecord returns the record under a key, to which another record refers. It reports no fault in the record, because the
// record is also checked by itself.
func readReferredRecord[T any](c *checker, key string) (record T, found, readable bool) {
	sealed, found := c.tx.SealedTx().KV.Get(key)
	if !found {
		return record, false, false
	}
	record, err := sealedkv.Decode[T](c.tx.SealedTx().Keys, key, sealed)
	return record, true, err == nil
}

// indexContains reports whether the index under key contains id. It is also true if the index cannot be read, which the check
// of the index itself reports.
func indexContains[ID comparable](c *checker, key string, id ID) bool {
	ids, found, readable := readReferredRecord[[]ID](c, key)
	return found && (!readable || slices.Contains(ids, id))
}

// recordsPerBatch is the number of records that a processor checks at a time; at most maxBatchesAhead batches are read in
// advance.
const (
	recordsPerBatch = 256
	maxBatchesAhead = 16
)
