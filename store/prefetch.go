package store

import (
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// A Prefetcher reads the records that an import is about to judge: many at once, in another
// goroutine than that of the transaction. It also computes their keys, which takes about as long.
type Prefetcher struct {
	kv            kvdb.KV
	keys          *keyring.Keys
	knownKeys     map[keyFacts]string
	requestedKeys []string          // of records that are not read yet
	values        map[string][]byte // sealed records by key; nil where there is no record

	customerExists map[string]bool // by key, as far as it was looked at
}

// NewPrefetcher returns a prefetcher that reads about as many records as expected in the
// transaction tx, which is a View or a Bulk. One goroutine can use it, beside that of tx.
func (tx *Tx) NewPrefetcher(expected int) *Prefetcher {
	return &Prefetcher{
		kv: tx.sealed.KV, keys: tx.sealed.Keys,
		knownKeys: make(map[keyFacts]string, expected), values: make(map[string][]byte, expected), customerExists: map[string]bool{},
	}
}

// UsePrefetched makes tx use the keys and records of p, in place of those of an earlier prefetcher.
func (tx *Tx) UsePrefetched(p *Prefetcher) {
	tx.knownKeys = p.knownKeys
	tx.sealed.Prefetched = p.values
}

// request adds a record to those that ReadRequested reads, and returns its key.
func (p *Prefetcher) request(table string, all ...string) string {
	of := newKeyFacts(table, all...)
	key, known := p.knownKeys[of]
	if !known {
		key = p.keys.LookupKey(table, all...)
		p.knownKeys[of] = key
		p.requestedKeys = append(p.requestedKeys, key)
	}
	return key
}

// RequestCustomer requests a customer. The methods after it request the records that they name.
// Each returns the key of the record.
func (p *Prefetcher) RequestCustomer(id CustomerID) string {
	return p.request(CustomerTable, string(id))
}
func (p *Prefetcher) RequestAccount(of CustomerID) string { return p.request(AccountTable, string(of)) }
func (p *Prefetcher) RequestProduct(id ProductID) string  { return p.request(ProductTable, string(id)) }
func (p *Prefetcher) RequestApplication(id ApplicationID) string {
	return p.request(ApplicationTable, string(id))
}
func (p *Prefetcher) RequestUsername(name string) string {
	return p.request(UsernameTable, FoldUsername(name))
}
func (p *Prefetcher) RequestProductNumber(lookup string) string {
	return p.request(ProductNumberTable, lookup)
}
func (p *Prefetcher) RequestPerson(who Person) string    { return p.request(PersonTable, who.facts()...) }
func (p *Prefetcher) RequestNumber(digits string) string { return p.request(NumberTable, digits) }

// ReadRequested reads all requested records that were not read yet.
func (p *Prefetcher) ReadRequested() {
	for i, value := range p.kv.GetMany(p.requestedKeys) {
		p.values[p.requestedKeys[i]] = value
	}
	p.requestedKeys = p.requestedKeys[:0]
}

// HasRecord reports whether there is a record under a key that was read.
func (p *Prefetcher) HasRecord(key string) bool { return p.values[key] != nil }

// These types have the facts of a record by which it is compared to a line of an import. LineHash
// is the hash of the line that brought the record, XOR Origin, so that a change of Origin changes
// it too.
type (
	customerLineFacts struct {
		Origin      uint64      `cbor:"15,keyasint"`
		Leaving     bool        `cbor:"16,keyasint"`
		DeskChanges DeskChanges `cbor:"17,keyasint"`
		Ended       time.Time   `cbor:"19,keyasint"`
		LineHash    uint64      `cbor:"30,keyasint"`
	}
	productLineFacts struct {
		Holders  []CustomerID `cbor:"5,keyasint"`
		Origin   uint64       `cbor:"12,keyasint"`
		Ended    time.Time    `cbor:"15,keyasint"`
		LineHash uint64       `cbor:"30,keyasint"`
	}
	applicationLineFacts struct {
		Product    ProductID    `cbor:"2,keyasint"`
		Applicants []CustomerID `cbor:"3,keyasint"`
		Origin     uint64       `cbor:"6,keyasint"`
		Ended      time.Time    `cbor:"9,keyasint"`
		LineHash   uint64       `cbor:"30,keyasint"`
	}
	accountLineFacts struct {
		Origin   uint64 `cbor:"6,keyasint"`
		Version  int    `cbor:"20,keyasint"`
		LineHash uint64 `cbor:"30,keyasint"`
	}
)

// A LineMatch is the result of comparing a record to a line of an import, by the hash of the line.
type LineMatch struct {
	Matches      bool     // whether the line brought the record, and neither has changed since
	Origin       uint64   // of the record
	CustomerKeys []string // of the customers that the line refers to, which are requested
	ProductKey   string   // of the product that the line refers to, which is requested; empty if the line refers to no product
}

// matchLine compares the hash of a line to what a record keeps of the line that it came from.
func matchLine(line, kept, origin uint64, unchanged bool) LineMatch {
	return LineMatch{Matches: unchanged && origin != 0 && kept^origin == line, Origin: origin}
}

// decodePrefetched decodes some fields of a record that was read. It leaves one that cannot be decoded to the
// transaction, whose error says what is wrong.
func decodePrefetched[T any](p *Prefetcher, key string) (record T, found bool) {
	if p.values[key] == nil {
		return record, false
	}
	record, err := sealedkv.DecodePart[T](p.keys, key, p.values[key])
	return record, err == nil
}

// MatchCustomer compares the customer under a key that was read to the line with a hash. A customer
// who changed something at the desk never matches, because the importer must look at each field.
func (p *Prefetcher) MatchCustomer(line uint64, key string) LineMatch {
	c, found := decodePrefetched[customerLineFacts](p, key)
	p.customerExists[key] = found && !c.Leaving
	return matchLine(line, c.LineHash, c.Origin, p.customerExists[key] && c.Ended.IsZero() && c.DeskChanges == (DeskChanges{}))
}

// MatchAccount compares an account. One that was changed at the desk never matches.
func (p *Prefetcher) MatchAccount(line uint64, key string, owner CustomerID) LineMatch {
	account, found := decodePrefetched[accountLineFacts](p, key)
	of := matchLine(line, account.LineHash, account.Origin, found && account.Version == 0)
	of.CustomerKeys = p.requestCustomers([]CustomerID{owner})
	return of
}

// MatchProduct compares a product.
func (p *Prefetcher) MatchProduct(line uint64, key string) LineMatch {
	product, found := decodePrefetched[productLineFacts](p, key)
	of := matchLine(line, product.LineHash, product.Origin, found && product.Ended.IsZero())
	of.CustomerKeys = p.requestCustomers(product.Holders)
	return of
}

// MatchApplication compares an application.
func (p *Prefetcher) MatchApplication(line uint64, key string) LineMatch {
	r, found := decodePrefetched[applicationLineFacts](p, key)
	of := matchLine(line, r.LineHash, r.Origin, found && r.Ended.IsZero())
	of.CustomerKeys, of.ProductKey = p.requestCustomers(r.Applicants), p.RequestProduct(r.Product)
	return of
}

func (p *Prefetcher) requestCustomers(ids []CustomerID) (keys []string) {
	for _, id := range ids {
		keys = append(keys, p.RequestCustomer(id))
	}
	return keys
}

// HasReferences reports whether all records that the line refers to are there, once they were read.
func (p *Prefetcher) HasReferences(of LineMatch) bool {
	for _, key := range of.CustomerKeys {
		is, known := p.customerExists[key]
		if !known {
			c, found := decodePrefetched[customerLineFacts](p, key)
			is = found && !c.Leaving
			p.customerExists[key] = is
		}
		if !is {
			return false
		}
	}
	return of.ProductKey == "" || p.HasRecord(of.ProductKey)
}
