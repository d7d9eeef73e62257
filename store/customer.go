package store

import (
	"iter"
	"slices"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Customer is a person, with or without an account.
type Customer struct {
	ID          CustomerID     `cbor:"1,keyasint"`
	Initials    string         `cbor:"2,keyasint,omitempty"` // "A.B."
	Prefix      string         `cbor:"3,keyasint,omitempty"` // "van der"
	Surname     string         `cbor:"4,keyasint"`
	BirthDate   string         `cbor:"5,keyasint"` // ISO 8601: 1961-04-09; a part that is not known is 0
	Street      string         `cbor:"6,keyasint"`
	HouseNumber int            `cbor:"7,keyasint"`           // 0 if the address has none
	Addition    string         `cbor:"8,keyasint,omitempty"` // to the house number
	Postcode    string         `cbor:"9,keyasint"`           // "3511 AB"; abroad the result of dutch.ParseForeignPostcode
	City        string         `cbor:"10,keyasint"`
	Email       string         `cbor:"11,keyasint,omitempty"` // if empty, messages go by letter
	Phone       string         `cbor:"12,keyasint,omitempty"` // E.164
	Language    string         `cbor:"13,keyasint"`           // of messages: "nl" or "en"
	Holdings    []Holding      `cbor:"14,keyasint,omitempty"` // in the order in which they were added
	Origin      uint64         `cbor:"15,keyasint,omitempty"` // fingerprint of the line that it was imported from
	LineHash    uint64         `cbor:"30,keyasint,omitempty"` // of the line that it was imported from, XOR Origin: see Prefetcher
	BeingErased bool           `cbor:"16,keyasint,omitempty"` // the records of the customer are being erased: see BeginErasure
	DeskChanges DeskChanges    `cbor:"17,keyasint,omitzero"`
	Status      CustomerStatus `cbor:"18,keyasint,omitempty"` // at the bank
	Ended       time.Time      `cbor:"19,keyasint,omitzero"`  // when an import removed the customer
	Blocked     time.Time      `cbor:"20,keyasint,omitzero"`  // when the service desk blocked the customer; no import undoes that
	Country     string         `cbor:"21,keyasint,omitempty"` // ISO 3166-1 alpha-2; empty is the Netherlands
	Lines       []string       `cbor:"22,keyasint,omitempty"` // of an address abroad, which has no street, house number or city
	Designation Designation    `cbor:"23,keyasint,omitempty"` // before the house number

	// UnconfirmedSince is when the service desk set Email, or zero if its owner confirmed it or it
	// came from elsewhere.
	UnconfirmedSince time.Time `cbor:"24,keyasint,omitzero"`
}

// Designation is what the Dutch register of addresses puts before a house number, if an address
// uses the number of another house.
type Designation string

const (
	Opposite Designation = "to" // tegenover: opposite that house
	Beside   Designation = "by" // bij: beside that house
)

// Holding links a customer to a product. A product that was applied for is visible in
// mijn.nn once its activation number was used (A4).
type Holding struct {
	Product     ProductID     `cbor:"1,keyasint"`
	Application ApplicationID `cbor:"2,keyasint,omitempty"`
	OpenedAt    time.Time     `cbor:"3,keyasint,omitzero"` // when its number was used
}

// IsVisible reports whether the customer sees the product in mijn.nn.
func (h Holding) IsVisible() bool { return h.Application == "" || !h.OpenedAt.IsZero() }

// Holding returns c's holding of a product, or nil.
func (c *Customer) Holding(id ProductID) *Holding {
	i := slices.IndexFunc(c.Holdings, func(h Holding) bool { return h.Product == id })
	if i < 0 {
		return nil
	}
	return &c.Holdings[i]
}

// AddHolding adds a holding of a product to c unless c has it, and returns it.
func (c *Customer) AddHolding(id ProductID) *Holding {
	if c.Holding(id) == nil {
		c.Holdings = append(c.Holdings, Holding{Product: id})
	}
	return c.Holding(id)
}

// Person is the facts by which a visitor without an account identifies themselves.
type Person struct {
	BirthDate   string // ISO 8601
	Postcode    string // "3511 AB"
	HouseNumber int
}

// Person returns the facts that c is found by.
func (c *Customer) Person() Person { return Person{c.BirthDate, c.Postcode, c.HouseNumber} }

// facts are what the key is made of where those stand of whom they hold.
func (p Person) facts() []string {
	return []string{p.BirthDate, p.Postcode, strconv.Itoa(p.HouseNumber)}
}

// CustomerKey returns where a customer stands.
func (tx *Tx) CustomerKey(id CustomerID) string {
	return tx.lookupKey(CustomerTable, string(id))
}

// PersonKey returns the key of the customers with the same birth date, postcode and house
// number.
func (tx *Tx) PersonKey(p Person) string {
	return tx.lookupKey(PersonTable, p.facts()...)
}

// Customer returns a customer by number. A customer who is being erased is not found.
func (tx *Tx) Customer(id CustomerID) (Customer, bool) {
	c, found := sealedkv.Get[Customer](tx.sealed, tx.CustomerKey(id))
	if c.BeingErased {
		return Customer{}, false
	}
	return c, found
}

// Persons returns the customers with these facts: none, one, or twins.
func (tx *Tx) Persons(p Person) []CustomerID {
	ids, _ := sealedkv.Get[[]CustomerID](tx.sealed, tx.PersonKey(p))
	return ids
}

// PutCustomer stores c, and updates the index of PersonKey.
func (tx *Tx) PutCustomer(c Customer) {
	old, was := tx.Customer(c.ID)
	if was && old.Person() != c.Person() {
		sealedkv.RemoveFromIndex(tx.sealed, tx.PersonKey(old.Person()), c.ID)
	}
	if !was || old.Person() != c.Person() {
		sealedkv.AddToIndex(tx.sealed, tx.PersonKey(c.Person()), c.ID)
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

// BeginErasure replaces a customer's record by one with only the number and a mark that
// erasing has begun. The customer is no longer found, by number or by facts.
func (tx *Tx) BeginErasure(id CustomerID) {
	if c, found := tx.Customer(id); found {
		sealedkv.RemoveFromIndex(tx.sealed, tx.PersonKey(c.Person()), id)
		sealedkv.Put(tx.sealed, tx.CustomerKey(id), Customer{ID: id, BeingErased: true})
	}
}

// IsBeingErased reports whether BeginErasure hid a customer of whom other records are
// still there.
func (tx *Tx) IsBeingErased(id CustomerID) bool {
	c, _ := sealedkv.Get[Customer](tx.sealed, tx.CustomerKey(id))
	return c.BeingErased
}

// FinishErasure completes what BeginErasure began: it deletes the record with the number.
func (tx *Tx) FinishErasure(id CustomerID) {
	if tx.IsBeingErased(id) {
		tx.sealed.Delete(tx.CustomerKey(id))
	}
}
