package check

import (
	"hash/maphash"
	"slices"

	"loket/store"
	"loket/store/sealedkv"
)

// checkup checks records.
type checkup struct {
	tx      *store.Tx // for reading keys and what is at them alone
	applied map[uint64]bool
	seed    maphash.Seed

	versions versions
}

// gatherApplied lists, by their hashes, the products that somebody applied for:
// somebody who was an applicant once, and is not any more, lost what they held by that,
// and may be a holder of the product all the same.
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

// A check lists what is wrong with the record at key.
type check = func(c *checkup, key string, sealed []byte) (says []string)

// checkReadable is the check of a record that can be read, which look has more to say
// about.
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

// at finds what a record refers to. What is there and cannot be read is for the
// check of that record to tell.
func at[T any](c *checkup, key string) (record T, found, readable bool) {
	sealed, found := c.tx.Sealed().KV.Get(key)
	if !found {
		return record, false, false
	}
	record, err := sealedkv.Decode[T](c.tx.Sealed().Keys, key, sealed)
	return record, true, err == nil
}

// leadsTo reports whether id is found under key, as far as that can be read.
func leadsTo[ID comparable](c *checkup, key string, id ID) bool {
	ids, found, readable := at[[]ID](c, key)
	return found && (!readable || slices.Contains(ids, id))
}
