package check

import (
	"hash/maphash"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// checker checks records.
type checker struct {
	tx              *store.Tx // only for reading keys and values
	appliedProducts map[uint64]bool
	hashSeed        maphash.Seed

	versions recordVersions
}

// gatherAppliedProducts collects hashes of the products that were applied for: a former applicant
// lost the holding by the application, and may still be a holder of the product.
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

// A check returns what is wrong with the record at key.
type check = func(c *checker, key string, sealed []byte) (findings []string)

// checkReadable returns the check that a record can be read. Then it calls look, if that
// is not nil.
func checkReadable[T any](look func(c *checker, key string, record T) []string) check {
	return func(c *checker, key string, sealed []byte) []string {
		value, err := c.tx.SealedTx().Keys.Open(key, sealed)
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

// readRecord returns the record under a key, to which another record refers. If it cannot be
// read, its own check reports that.
func readRecord[T any](c *checker, key string) (record T, found, readable bool) {
	sealed, found := c.tx.SealedTx().KV.Get(key)
	if !found {
		return record, false, false
	}
	record, err := sealedkv.Decode[T](c.tx.SealedTx().Keys, key, sealed)
	return record, true, err == nil
}

// indexContains reports whether the index under key contains id, or cannot be read.
func indexContains[ID comparable](c *checker, key string, id ID) bool {
	ids, found, readable := readRecord[[]ID](c, key)
	return found && (!readable || slices.Contains(ids, id))
}
