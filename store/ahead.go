package store

import (
	"time"

	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// An Ahead reads records before a transaction of an import looks at them: many at once, and
// beside it. It finds their keys, too, which takes about as long.
type Ahead struct {
	kv     kvdb.KV
	keys   *keyring.Keys
	known  map[facts]string  // keys
	wanted []string          // keys that are not read yet
	read   map[string][]byte // sealed; nil where there is nothing

	customers map[string]bool // whether one stands under a key, as far as that was looked at
}

// NewAhead returns one that reads in the transaction tx, which is a View or a Bulk. Each is
// for one goroutine, which need not be that of tx.
func (tx *Tx) NewAhead() *Ahead {
	return &Ahead{kv: tx.sealed.KV, keys: tx.sealed.Keys, known: map[facts]string{}, read: map[string][]byte{}, customers: map[string]bool{}}
}

// UseAhead has tx find what was read ahead, in place of what it was told before.
func (tx *Tx) UseAhead(a *Ahead) {
	tx.knownKeys = a.known
	tx.sealed.Ahead = a.read
}

// want has a record be read, and returns its key.
func (a *Ahead) want(table string, all ...string) string {
	of := factsOf(table, all...)
	key, known := a.known[of]
	if !known {
		key = a.keys.LookupKey(table, all...)
		a.known[of] = key
		a.wanted = append(a.wanted, key)
	}
	return key
}

// WantCustomer has a customer be read, and so do those after it with what they name. Each
// returns the key of the record.
func (a *Ahead) WantCustomer(id CustomerID) string       { return a.want(CustomerTable, string(id)) }
func (a *Ahead) WantAccount(of CustomerID) string        { return a.want(AccountTable, string(of)) }
func (a *Ahead) WantProduct(id ProductID) string         { return a.want(ProductTable, string(id)) }
func (a *Ahead) WantApplication(id ApplicationID) string { return a.want(ApplicationTable, string(id)) }
func (a *Ahead) WantUsername(name string) string {
	return a.want(UsernameTable, FoldUsername(name))
}
func (a *Ahead) WantProductNumber(lookup string) string { return a.want(ProductNumberTable, lookup) }
func (a *Ahead) WantPerson(p Person) string             { return a.want(PersonTable, p.facts()...) }
func (a *Ahead) WantNumber(digits string) string        { return a.want(NumberTable, digits) }

// Read reads all that is wanted and was not read yet.
func (a *Ahead) Read() {
	for i, value := range a.kv.GetMany(a.wanted) {
		a.read[a.wanted[i]] = value
	}
	a.wanted = a.wanted[:0]
}

// Has reports whether something stands under a key that was read.
func (a *Ahead) Has(key string) bool { return a.read[key] != nil }

// The parts of records that say whether they are as a line of an import says. LineHash of
// each tells that; Origin is in it, so that whatever changes Origin undoes it.
type (
	customerOfLine struct {
		Origin      uint64      `cbor:"15,keyasint"`
		Leaving     bool        `cbor:"16,keyasint"`
		DeskChanges DeskChanges `cbor:"17,keyasint"`
		Ended       time.Time   `cbor:"19,keyasint"`
		LineHash    uint64      `cbor:"30,keyasint"`
	}
	productOfLine struct {
		Holders  []CustomerID `cbor:"5,keyasint"`
		Origin   uint64       `cbor:"12,keyasint"`
		Ended    time.Time    `cbor:"15,keyasint"`
		LineHash uint64       `cbor:"30,keyasint"`
	}
	applicationOfLine struct {
		Product    ProductID    `cbor:"2,keyasint"`
		Applicants []CustomerID `cbor:"3,keyasint"`
		Origin     uint64       `cbor:"6,keyasint"`
		Ended      time.Time    `cbor:"9,keyasint"`
		LineHash   uint64       `cbor:"30,keyasint"`
	}
	accountOfLine struct {
		Origin   uint64 `cbor:"6,keyasint"`
		Version  int    `cbor:"20,keyasint"`
		LineHash uint64 `cbor:"30,keyasint"`
	}
)

// An OfLine says whether a record is as the line with a hash says. It is not if the line has
// changed, or the record has in a way that the line is to be judged for.
type OfLine struct {
	Is     bool
	Origin uint64   // of the record
	Refers []string // keys of customers who must be there for the line to be good, which are being read
	About  string   // key of the product that must be there, which is being read; empty if there is none
}

// ofLine is that by what a record keeps of the line that it was imported from.
func ofLine(line, kept, origin uint64, unchanged bool) OfLine {
	return OfLine{Is: unchanged && origin != 0 && kept^origin == line, Origin: origin}
}

// openAhead opens a record that was read. One that cannot be opened is for the transaction to
// come upon.
func openAhead[T any](a *Ahead, key string) (record T, found bool) {
	if a.read[key] == nil {
		return record, false
	}
	record, err := sealedkv.Decode[T](a.keys, key, a.read[key])
	return record, err == nil
}

// Customer compares the customer under a key, which was read, to the line with a hash. One of
// whom something is their own is to be judged.
func (a *Ahead) Customer(line uint64, key string) OfLine {
	c, found := openAhead[customerOfLine](a, key)
	a.customers[key] = found && !c.Leaving
	return ofLine(line, c.LineHash, c.Origin, a.customers[key] && c.Ended.IsZero() && c.DeskChanges == (DeskChanges{}))
}

// Account does so with an account. One that was changed at the desk is to be judged.
func (a *Ahead) Account(line uint64, key string, owner CustomerID) OfLine {
	account, found := openAhead[accountOfLine](a, key)
	of := ofLine(line, account.LineHash, account.Origin, found && account.Version == 0)
	of.Refers = a.wantCustomers([]CustomerID{owner})
	return of
}

// Product does so with a product.
func (a *Ahead) Product(line uint64, key string) OfLine {
	p, found := openAhead[productOfLine](a, key)
	of := ofLine(line, p.LineHash, p.Origin, found && p.Ended.IsZero())
	of.Refers = a.wantCustomers(p.Holders)
	return of
}

// Application does so with an application.
func (a *Ahead) Application(line uint64, key string) OfLine {
	r, found := openAhead[applicationOfLine](a, key)
	of := ofLine(line, r.LineHash, r.Origin, found && r.Ended.IsZero())
	of.Refers, of.About = a.wantCustomers(r.Applicants), a.WantProduct(r.Product)
	return of
}

func (a *Ahead) wantCustomers(ids []CustomerID) (keys []string) {
	for _, id := range ids {
		keys = append(keys, a.WantCustomer(id))
	}
	return keys
}

// HasAll reports whether all is there that of names, once that was read.
func (a *Ahead) HasAll(of OfLine) bool {
	for _, key := range of.Refers {
		is, known := a.customers[key]
		if !known {
			c, found := openAhead[customerOfLine](a, key)
			is = found && !c.Leaving
			a.customers[key] = is
		}
		if !is {
			return false
		}
	}
	return of.About == "" || a.Has(of.About)
}
