package store

import (
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// A Prefetcher reads the records that an import will need. It reads many at once, and in another goroutine than the
// transaction. It also computes their database keys, which takes about as long.
type Prefetcher struct {
	kv            kvdb.KV
	keys          *keyring.Keys
	knownKeys     map[keyFacts]string
	requestedKeys []string          // requestedKeys are the keys of records that have yet to be read.
	values        map[string][]byte // values has sealed records by key; nil where there is no record.

	customerExists map[string]bool // customerExists caches by key whether a customer exists.
}

// NewPrefetcher returns a prefetcher that reads about as many records as expected in the
// transaction tx, which is a View or a BulkUpdate. One goroutine can use it, beside that of tx.
func (tx *Tx) NewPrefetcher(expected int) *Prefetcher {
	return &Prefetcher{
		kv: tx.sealed.KV, keys: tx.sealed.Keys,
		knownKeys: make(map[keyFacts]string, expected), values: make(map[string][]byte, expected), customerExists: map[string]bool{},
	}
}

// UsePrefetched makes tx use the database keys and records of p, instead of those of an earlier prefetcher.
func (tx *Tx) UsePrefetched(p *Prefetcher) {
	tx.knownKeys = p.knownKeys
	tx.sealed.Prefetched = p.values
}

// requestRecord adds a record to those that ReadRequested will read, and returns its database key.
func (p *Prefetcher) requestRecord(table string, all ...string) string {
	of := newKeyFacts(table, all...)
	key, known := p.knownKeys[of]
	if !known {
		key = p.keys.LookupKey(table, all...)
		p.knownKeys[of] = key
		p.requestedKeys = append(p.requestedKeys, key)
	}
	return key
}

// RequestCustomer requests that a customer is read, and returns its database key. The other Request methods do so for other
// records.
func (p *Prefetcher) RequestCustomer(id CustomerID) string {
	return p.requestRecord(CustomerTable, string(id))
}
func (p *Prefetcher) RequestAccount(of CustomerID) string {
	return p.requestRecord(AccountTable, string(of))
}
func (p *Prefetcher) RequestProduct(id ProductID) string {
	return p.requestRecord(ProductTable, string(id))
}
func (p *Prefetcher) RequestApplication(id ApplicationID) string {
	return p.requestRecord(ApplicationTable, string(id))
}
func (p *Prefetcher) RequestUsername(name string) string {
	return p.requestRecord(UsernameTable, FoldUsername(name))
}
func (p *Prefetcher) RequestProductNumber(lookup string) string {
	return p.requestRecord(ProductNumberTable, lookup)
}
func (p *Prefetcher) RequestPerson(who Person) string {
	return p.requestRecord(PersonTable, who.lookupFacts()...)
}
func (p *Prefetcher) RequestEmail(email string, of CustomerID) {
	if email == "" {
		return
	}
	facts := newKeyFacts(EmailTable, email, string(of))
	if _, known := p.knownKeys[facts]; !known {
		key := emailKey(p.keys, email, of)
		p.knownKeys[facts] = key
		p.requestedKeys = append(p.requestedKeys, key)
	}
}
func (p *Prefetcher) RequestNumber(digits string) string { return p.requestRecord(NumberTable, digits) }

// ReadRequested reads all requested records that have not been read yet.
func (p *Prefetcher) ReadRequested() {
	for i, value := range p.kv.GetMany(p.requestedKeys) {
		p.values[p.requestedKeys[i]] = value
	}
	p.requestedKeys = p.requestedKeys[:0]
}

// HasRecord reports whether a record was found under a key that has been read.
func (p *Prefetcher) HasRecord(key string) bool { return p.values[key] != nil }

// These types have only the fields of a record that are compared with a line of an import. LineHash is the hash of the
// imported line XOR Origin, so that it no longer matches when Origin changes.
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

// A LineMatch is the result of comparing a record with a line of an import, by the hash of the line.
type LineMatch struct {
	Matches      bool     // Matches reports whether the record was imported from an identical line and has not changed since.
	Origin       uint64   // Origin is the fingerprint stored with the record.
	CustomerKeys []string // CustomerKeys are the keys of the customers that the line refers to. They have been requested.
	// ProductKey is the key of the product that the line refers to, which has been requested. It is empty if the line refers
	// to no product.
	ProductKey string
}

// matchLine compares the hash of a line with the LineHash of a record.
func matchLine(line, kept, origin uint64, unchanged bool) LineMatch {
	return LineMatch{Matches: unchanged && origin != 0 && kept^origin == line, Origin: origin}
}

// decodePrefetched decodes some fields of a record that has been read. It reports no decoding errors, because the transaction will return a
// precise error for the same record.
func decodePrefetched[T any](p *Prefetcher, key string) (record T, found bool) {
	if p.values[key] == nil {
		return record, false
	}
	record, err := sealedkv.DecodePart[T](p.keys, key, p.values[key])
	return record, err == nil
}

// MatchCustomer compares the customer under a key that has been read with the hash of a line. A customer who has changed
// something at the desk never matches, because the importer must look at each field.
func (p *Prefetcher) MatchCustomer(line uint64, key string) LineMatch {
	c, found := decodePrefetched[customerLineFacts](p, key)
	p.customerExists[key] = found && !c.Leaving
	return matchLine(line, c.LineHash, c.Origin, p.customerExists[key] && c.Ended.IsZero() && c.DeskChanges == (DeskChanges{}))
}

// MatchAccount compares an account with the hash of a line, like MatchCustomer. An account that was changed at the desk never
// matches.
func (p *Prefetcher) MatchAccount(line uint64, key string, owner CustomerID) LineMatch {
	account, found := decodePrefetched[accountLineFacts](p, key)
	of := matchLine(line, account.LineHash, account.Origin, found && account.Version == 0)
	of.CustomerKeys = p.requestCustomers([]CustomerID{owner})
	return of
}

// MatchProduct compares a product with the hash of a line, like MatchCustomer.
func (p *Prefetcher) MatchProduct(line uint64, key string) LineMatch {
	product, found := decodePrefetched[productLineFacts](p, key)
	of := matchLine(line, product.LineHash, product.Origin, found && product.Ended.IsZero())
	of.CustomerKeys = p.requestCustomers(product.Holders)
	return of
}

// MatchApplication compares an application with the hash of a line, like MatchCustomer.
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

// HasReferences reports whether all records that the line refers to exist. They must have been read.
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
