package store

import (
	"iter"
	"time"

	"loket/store/sealedkv"
)

// ProductKind is the kind of a product.
type ProductKind string

const (
	KindSavings    ProductKind = "savings"
	KindMortgage   ProductKind = "mortgage"
	KindLife       ProductKind = "life"
	KindNonlife    ProductKind = "nonlife"
	KindPension    ProductKind = "pension"
	KindInvestment ProductKind = "investment"
)

// ProductKinds lists all kinds, in the order of an overview.
var ProductKinds = []ProductKind{KindSavings, KindMortgage, KindLife, KindNonlife, KindPension, KindInvestment}

// Product is an account, a loan or a policy. Its details are the pointer that fits its
// kind. If that is nil, mijn.nn cannot show them yet (V2). Dates are ISO 8601, amounts in
// euro cents, rates in thousandths of a percent.
type Product struct {
	ID               ProductID    `cbor:"1,keyasint"`
	Kind             ProductKind  `cbor:"2,keyasint"`
	Name             string       `cbor:"3,keyasint"`
	Number           string       `cbor:"4,keyasint"`  // as on the policy sheet
	NormalisedNumber string       `cbor:"13,keyasint"` // the number in the form in which it is compared: without spaces, in capitals
	Holders          []CustomerID `cbor:"5,keyasint"`
	Since            string       `cbor:"6,keyasint"`

	Savings  *Savings          `cbor:"7,keyasint,omitempty"`
	Mortgage *Mortgage         `cbor:"8,keyasint,omitempty"`
	Life     *LifeInsurance    `cbor:"9,keyasint,omitempty"`
	Nonlife  *NonlifeInsurance `cbor:"10,keyasint,omitempty"`
	Capital  *CapitalProduct   `cbor:"11,keyasint,omitempty"` // of a pension or an investment

	Origin   uint64 `cbor:"12,keyasint,omitempty"` // fingerprint of the line that it was imported from
	LineHash uint64 `cbor:"30,keyasint,omitempty"` // of the line that it was imported from, as that stood, with Origin

	Closed  string    `cbor:"14,keyasint,omitempty"` // ISO 8601: the day on which it ended, as the bank has it
	Ended   time.Time `cbor:"15,keyasint,omitzero"`  // when the bank had no such product any more
	Retired bool      `cbor:"16,keyasint,omitempty"` // nothing is kept but that there was one: see RetireProduct
}

// HasDetails reports whether the product has details that mijn.nn can show.
func (p *Product) HasDetails() bool {
	return p.Savings != nil || p.Mortgage != nil || p.Life != nil || p.Nonlife != nil || p.Capital != nil
}

// Savings is the details of a savings account.
type Savings struct {
	Balance        int64         `cbor:"1,keyasint"`
	InterestRate   int64         `cbor:"2,keyasint"`
	CounterAccount string        `cbor:"3,keyasint,omitempty"`
	Transactions   []Transaction `cbor:"4,keyasint,omitempty"` // newest first
}

// Transaction is a payment from or to a savings account.
type Transaction struct {
	Date        string `cbor:"1,keyasint"`
	Amount      int64  `cbor:"2,keyasint"` // negative for a payment from the account
	Description string `cbor:"3,keyasint"`
}

// Mortgage is a loan on a house, in parts.
type Mortgage struct {
	Collateral     string     `cbor:"1,keyasint"`
	MonthlyPayment int64      `cbor:"2,keyasint"`
	Parts          []LoanPart `cbor:"3,keyasint"`
}

// LoanPart is a part of a mortgage with a form, a rate and an end of its own.
type LoanPart struct {
	Part        string `cbor:"1,keyasint"` // "01"
	Form        string `cbor:"2,keyasint"` // "annuity", "linear", "interest_only", "savings", or other words
	Principal   int64  `cbor:"3,keyasint"` // at the start
	Outstanding int64  `cbor:"4,keyasint"` // now
	Rate        int64  `cbor:"5,keyasint"`
	FixedUntil  string `cbor:"6,keyasint,omitempty"` // if empty, the rate is variable
	Ends        string `cbor:"7,keyasint"`
}

// LifeInsurance is a life insurance.
type LifeInsurance struct {
	InsuredAmount int64  `cbor:"1,keyasint"`
	Premium       int64  `cbor:"2,keyasint"`
	PremiumPeriod string `cbor:"3,keyasint"` // "month", "quarter", "half_year", "year", "once", or other words
	Ends          string `cbor:"4,keyasint,omitempty"`
	Beneficiary   string `cbor:"5,keyasint,omitempty"`
}

// NonlifeInsurance is an insurance of a thing, a trip, a liability.
type NonlifeInsurance struct {
	Insured       string `cbor:"1,keyasint"`
	Cover         string `cbor:"2,keyasint"`
	Premium       int64  `cbor:"3,keyasint"`
	PremiumPeriod string `cbor:"4,keyasint"`
	Deductible    int64  `cbor:"5,keyasint,omitempty"`
	Renews        string `cbor:"6,keyasint,omitempty"`
}

// CapitalProduct is the details of a pension or an investment.
type CapitalProduct struct {
	Value        int64  `cbor:"1,keyasint"`
	AsOf         string `cbor:"2,keyasint"`
	Contribution int64  `cbor:"3,keyasint,omitempty"` // per month
}

// ProductKey returns the key of a product.
func (tx *Tx) ProductKey(id ProductID) string {
	return tx.lookupKey(ProductTable, string(id))
}

// ProductNumberKey returns the key of the products with a number.
func (tx *Tx) ProductNumberKey(lookup string) string {
	return tx.lookupKey(ProductNumberTable, lookup)
}

// Product returns a product. A product that was retired is not found.
func (tx *Tx) Product(id ProductID) (Product, bool) {
	p, found := tx.ProductRecord(id)
	if p.Retired {
		return Product{}, false
	}
	return p, found
}

// ProductRecord finds a product by id, also one that was retired.
func (tx *Tx) ProductRecord(id ProductID) (Product, bool) {
	return sealedkv.Get[Product](tx.sealed, tx.ProductKey(id))
}

// ProductsByNumber returns the products with exactly this number (F7), which must have
// the form of Product.NormalisedNumber. A loan and a policy may have the same number.
func (tx *Tx) ProductsByNumber(lookup string) []Product {
	ids, _ := sealedkv.Get[[]ProductID](tx.sealed, tx.ProductNumberKey(lookup))
	var found []Product
	for _, id := range ids {
		if p, ok := tx.Product(id); ok {
			found = append(found, p)
		}
	}
	return found
}

// PutProduct stores p, and updates the index of ProductNumberKey.
func (tx *Tx) PutProduct(p Product) {
	old, was := tx.Product(p.ID)
	if was && old.NormalisedNumber == p.NormalisedNumber {
		sealedkv.Put(tx.sealed, tx.ProductKey(p.ID), p)
		return
	}
	if was {
		sealedkv.RemoveFromIndex(tx.sealed, tx.ProductNumberKey(old.NormalisedNumber), p.ID)
	}
	tx.AddProduct(p)
}

// AddProduct is PutProduct for a product that is not stored yet. It saves the look.
func (tx *Tx) AddProduct(p Product) {
	sealedkv.AddToIndex(tx.sealed, tx.ProductNumberKey(p.NormalisedNumber), p.ID)
	sealedkv.Put(tx.sealed, tx.ProductKey(p.ID), p)
}

// Products yields every product but those that were retired, in no particular order.
func (tx *Tx) Products() iter.Seq[Product] {
	return func(yield func(Product) bool) {
		for p := range sealedkv.Scan[Product](tx.sealed, ProductTable) {
			if !p.Retired && !yield(p) {
				return
			}
		}
	}
}

// DeleteProduct deletes a product, if there is one. The caller makes sure that nobody
// holds it.
func (tx *Tx) DeleteProduct(id ProductID) {
	if p, found := tx.Product(id); found {
		sealedkv.RemoveFromIndex(tx.sealed, tx.ProductNumberKey(p.NormalisedNumber), id)
		tx.sealed.Delete(tx.ProductKey(id))
	}
}
