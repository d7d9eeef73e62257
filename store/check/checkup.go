package check

import (
	"hash/maphash"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// checkup checks records.
type checkup struct {
	tx      *store.Tx // only for reading keys and values
	applied map[uint64]bool
	seed    maphash.Seed

	versions versions
}

// gatherApplied collects hashes of the products that were applied for: a former applicant
// lost the holding by the application, and may still be a holder of the product.
func (c *checkup) gatherApplied() {
	c.applied, c.seed = map[uint64]bool{}, maphash.MakeSeed()
	for key, sealed := range c.tx.Sealed().KV.Scan(store.ApplicationTable + "/") {
		if a, err := sealedkv.Decode[struct {
			Product store.ProductID `cbor:"2,keyasint"`
		}](c.tx.Sealed().Keys, key, sealed); err == nil {
			c.applied[maphash.String(c.seed, string(a.Product))] = true
		}
	}
}

func (c *checkup) wasAppliedFor(id store.ProductID) bool {
	return c.applied[maphash.String(c.seed, string(id))]
}

// A check returns what is wrong with the record at key.
type check = func(c *checkup, key string, sealed []byte) (findings []string)

// checkReadable returns the check that a record can be read. Then it calls look, if that
// is not nil.
func checkReadable[T any](look func(c *checkup, key string, record T) []string) check {
	return func(c *checkup, key string, sealed []byte) []string {
		value, err := c.tx.Sealed().Keys.Open(key, sealed)
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

// at returns the record under a key, to which another record refers. If it cannot be
// read, its own check reports that.
func at[T any](c *checkup, key string) (record T, found, readable bool) {
	sealed, found := c.tx.Sealed().KV.Get(key)
	if !found {
		return record, false, false
	}
	record, err := sealedkv.Decode[T](c.tx.Sealed().Keys, key, sealed)
	return record, true, err == nil
}

// leadsTo reports whether the index under key contains id, or cannot be read.
func leadsTo[ID comparable](c *checkup, key string, id ID) bool {
	ids, found, readable := at[[]ID](c, key)
	return found && (!readable || slices.Contains(ids, id))
}
