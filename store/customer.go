package store

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Customer is a person who is a customer of the bank, with or without an account.
type Customer struct {
	ID          CustomerID `cbor:"1,keyasint"`
	Initials    string     `cbor:"2,keyasint,omitempty"` // Initials are written like "A.B."
	Prefix      string     `cbor:"3,keyasint,omitempty"` // Prefix is a surname prefix such as "van der".
	Surname     string     `cbor:"4,keyasint"`
	BirthDate   string     `cbor:"5,keyasint"` // BirthDate is in ISO 8601, such as 1961-04-09. An unknown part is 0.
	Street      string     `cbor:"6,keyasint"`
	HouseNumber int        `cbor:"7,keyasint"`           // HouseNumber is 0 if the address has none.
	Addition    string     `cbor:"8,keyasint,omitempty"` // Addition is the suffix of the house number.
	// Postcode is like "3511 AB". For an address abroad it is the result of dutch.ParseForeignPostcode.
	Postcode string    `cbor:"9,keyasint"`
	City     string    `cbor:"10,keyasint"`
	Email    string    `cbor:"11,keyasint,omitempty"` // Email may be empty; then messages go by letter.
	Phone    string    `cbor:"12,keyasint,omitempty"` // Phone is in the form E.164.
	Language string    `cbor:"13,keyasint"`           // Language is the language of messages: "nl" or "en".
	Holdings []Holding `cbor:"14,keyasint,omitempty"` // Holdings are in the order in which they were added.
	Origin   uint64    `cbor:"15,keyasint,omitempty"` // Origin is the fingerprint of the imported line.
	// LineHash is the hash of the text of the imported line, XOR Origin: see Prefetcher.
	LineHash uint64 `cbor:"30,keyasint,omitempty"`
	// BeingErased reports whether the records of the customer are being erased: see BeginErasure.
	BeingErased bool           `cbor:"16,keyasint,omitempty"`
	DeskChanges DeskChanges    `cbor:"17,keyasint,omitzero"`
	Status      CustomerStatus `cbor:"18,keyasint,omitempty"` // Status is the status of the customer at the bank.
	Ended       time.Time      `cbor:"19,keyasint,omitzero"`  // Ended is when an import removed the customer.
	// Blocked is when the service desk blocked the customer. No import undoes this.
	Blocked time.Time `cbor:"20,keyasint,omitzero"`
	// Country is an ISO 3166-1 alpha-2 code; empty means the Netherlands.
	Country string `cbor:"21,keyasint,omitempty"`
	// Lines are the lines of an address abroad, which has no street, house number or city.
	Lines       []string         `cbor:"22,keyasint,omitempty"`
	Designation HouseDesignation `cbor:"23,keyasint,omitempty"` // Designation comes before the house number.

	// UnconfirmedSince is when the service desk set Email. It is zero if the owner of the address confirmed it, or if the
	// address came from elsewhere.
	UnconfirmedSince time.Time `cbor:"24,keyasint,omitzero"`

	// DeceasedSince is when the bank first reported that the customer died: see PutHoldings.
	DeceasedSince time.Time `cbor:"25,keyasint,omitzero"`
	// LastProductEnd is when the last of the products ended that the customer no longer holds.
	LastProductEnd time.Time `cbor:"26,keyasint,omitzero"`

	LetterPrint LetterPrint `cbor:"27,keyasint,omitempty"` // LetterPrint is the print that the customer wants in letters.
}

// LetterPrint is the size of the print in a letter. The zero value is normal print.
type LetterPrint string

const LargePrint LetterPrint = "large"

// HouseDesignation is a word before the house number of an address that uses the number of another house, as in the Dutch register
// of addresses.
type HouseDesignation string

const (
	DesignationOpposite HouseDesignation = "to" // Opposite means opposite that house (in Dutch: tegenover).
	DesignationBeside   HouseDesignation = "by" // Beside means beside that house (in Dutch: bij).
)

// Holding links a customer to a product. A product that was applied for becomes visible in mijn.nn when its activation number
// is used (A4).
type Holding struct {
	Product     ProductID     `cbor:"1,keyasint"`
	Application ApplicationID `cbor:"2,keyasint,omitempty"`
	OpenedAt    time.Time     `cbor:"3,keyasint,omitzero"` // OpenedAt is when the activation number was used.
}

// IsVisible reports whether the customer sees the product in mijn.nn.
func (h Holding) IsVisible() bool { return h.Application == "" || !h.OpenedAt.IsZero() }

// Holding returns the customer's holding of a product, or nil if they do not have the product.
func (c *Customer) Holding(id ProductID) *Holding {
	i := slices.IndexFunc(c.Holdings, func(h Holding) bool { return h.Product == id })
	if i < 0 {
		return nil
	}
	return &c.Holdings[i]
}

// AddHolding returns the customer's holding of a product, and adds it if they do not have the product.
func (c *Customer) AddHolding(id ProductID) *Holding {
	if c.Holding(id) == nil {
		c.Holdings = append(c.Holdings, Holding{Product: id})
	}
	return c.Holding(id)
}

// Person has the facts by which a visitor without an account identifies themselves.
type Person struct {
	BirthDate   string // BirthDate is in ISO 8601.
	Postcode    string // Postcode is like "3511 AB".
	HouseNumber int
}

// PersonFacts returns the facts by which a visitor can find the customer c.
func (c *Customer) PersonFacts() Person { return Person{c.BirthDate, c.Postcode, c.HouseNumber} }

// lookupFacts returns the values from which the lookup key of p is computed.
func (p Person) lookupFacts() []string {
	return []string{p.BirthDate, p.Postcode, strconv.Itoa(p.HouseNumber)}
}

// CustomerKey returns the key in the database of a customer.
func (tx *Tx) CustomerKey(id CustomerID) string {
	return tx.lookupKey(CustomerTable, string(id))
}

// PersonKey returns the key of the index entry for customers with the same birth date, postcode and house number.
func (tx *Tx) PersonKey(p Person) string {
	return tx.lookupKey(PersonTable, p.lookupFacts()...)
}

// Customer returns the customer with an ID. A customer who is being erased is not found.
func (tx *Tx) Customer(id CustomerID) (Customer, bool) {
	c, found := sealedkv.Get[Customer](tx.sealed, tx.CustomerKey(id))
	if c.BeingErased {
		return Customer{}, false
	}
	return c, found
}

// CustomersByPerson returns the customers with the given facts: none, one, or several, such as twins.
func (tx *Tx) CustomersByPerson(p Person) []CustomerID {
	ids, _ := sealedkv.Get[[]CustomerID](tx.sealed, tx.PersonKey(p))
	return ids
}

// PutCustomer stores c, and updates the indexes by birth date, postcode and house number, and by e-mail address.
func (tx *Tx) PutCustomer(c Customer) {
	old, was := tx.Customer(c.ID)
	if !was {
		tx.AddCustomer(c)
		return
	}
	if old.PersonFacts() != c.PersonFacts() {
		sealedkv.RemoveFromIndex(tx.sealed, tx.PersonKey(old.PersonFacts()), c.ID)
		sealedkv.AddToIndex(tx.sealed, tx.PersonKey(c.PersonFacts()), c.ID)
	}
	if foldEmail(old.Email) != foldEmail(c.Email) {
		tx.removeEmail(old.Email, c.ID)
		tx.addEmail(c.Email, c.ID)
	}
	tx.PutHoldings(c)
}

// AddCustomer is PutCustomer for a customer who is not stored yet. It saves the look.
func (tx *Tx) AddCustomer(c Customer) {
	sealedkv.AddToIndex(tx.sealed, tx.PersonKey(c.PersonFacts()), c.ID)
	tx.addEmail(c.Email, c.ID)
	tx.PutHoldings(c)
}

// PutHoldings is PutCustomer for a customer whose indexed facts have not changed since they were read.
// It notes since when a customer is deceased.
func (tx *Tx) PutHoldings(c Customer) {
	switch {
	case c.Status != CustomerDeceased:
		c.DeceasedSince = time.Time{}
	case c.DeceasedSince.IsZero():
		c.DeceasedSince = tx.Now
	}
	sealedkv.Put(tx.sealed, tx.CustomerKey(c.ID), c)
}

// Customers yields every customer, in no particular order.
func (tx *Tx) Customers() iter.Seq[Customer] {
	return func(yield func(Customer) bool) {
		for c := range sealedkv.Scan[Customer](tx.sealed, CustomerTable) {
			if !c.BeingErased && !yield(c) {
				return
			}
		}
	}
}

// BeginErasure replaces a customer's record by one that only has the ID and a mark that the erasure has begun. After that the
// customer is not found any more, by ID or by other facts. A customer who was ever imported gets an ErasureMark,
// because a file may describe also those whom the bank has ended.
func (tx *Tx) BeginErasure(id CustomerID) {
	if c, found := tx.Customer(id); found {
		sealedkv.RemoveFromIndex(tx.sealed, tx.PersonKey(c.PersonFacts()), id)
		tx.removeEmail(c.Email, id)
		if c.Origin != 0 {
			sealedkv.Put(tx.sealed, tx.ErasedKey(id), ErasureMark{At: tx.Now})
		}
		sealedkv.Put(tx.sealed, tx.CustomerKey(id), Customer{ID: id, BeingErased: true})
	}
}

// IsBeingErased reports whether the erasure of a customer has begun but is not finished.
func (tx *Tx) IsBeingErased(id CustomerID) bool {
	c, _ := sealedkv.Get[Customer](tx.sealed, tx.CustomerKey(id))
	return c.BeingErased
}

// FinishErasure completes an erasure: it deletes the record that BeginErasure left.
func (tx *Tx) FinishErasure(id CustomerID) {
	if tx.IsBeingErased(id) {
		tx.sealed.Delete(tx.CustomerKey(id))
	}
}
