package store

import (
	"iter"
	"slices"
	"time"

	"loket/store/fingerprint"
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

// ProductKinds lists all kinds, in the order in which an overview shows them.
var ProductKinds = []ProductKind{KindSavings, KindMortgage, KindLife, KindNonlife, KindPension, KindInvestment}

// Product is an account, a loan or a policy. Its details are in the one pointer that fits its kind. If that is nil, mijn.nn
// cannot show details yet (V2). Dates are in ISO 8601, amounts in euro cents, rates in thousandths of a percent.
type Product struct {
	ID     ProductID   `cbor:"1,keyasint"`
	Kind   ProductKind `cbor:"2,keyasint"`
	Name   string      `cbor:"3,keyasint"`
	Number string      `cbor:"4,keyasint"` // Number is spelled as on the policy sheet.
	// NormalisedNumber is the number without spaces and in capitals, for comparison.
	NormalisedNumber string       `cbor:"13,keyasint"`
	Holders          []CustomerID `cbor:"5,keyasint"`
	Since            string       `cbor:"6,keyasint"`

	Savings  *Savings          `cbor:"7,keyasint,omitempty"`
	Mortgage *Mortgage         `cbor:"8,keyasint,omitempty"`
	Life     *LifeInsurance    `cbor:"9,keyasint,omitempty"`
	Nonlife  *NonlifeInsurance `cbor:"10,keyasint,omitempty"`
	Capital  *CapitalProduct   `cbor:"11,keyasint,omitempty"` // Capital is set for a pension or an investment.

	Origin   uint64 `cbor:"12,keyasint,omitempty"` // Origin is the fingerprint of the imported line.
	LineHash uint64 `cbor:"30,keyasint,omitempty"` // LineHash is the hash of the text of the imported line, XOR Origin.

	// Closed is the ISO 8601 day on which the product ended, according to the bank.
	Closed string    `cbor:"14,keyasint,omitempty"`
	Ended  time.Time `cbor:"15,keyasint,omitzero"` // Ended is when an import removed the product.
	// Retired reports whether only the ID of the product is still stored: see RetireProduct.
	Retired bool `cbor:"16,keyasint,omitempty"`
	// Unopened are holders who do not have the product, because they did not open it before their application was withdrawn. It has
	// only those whose application is no longer stored.
	Unopened []CustomerID `cbor:"17,keyasint,omitempty"`
}

// LineFingerprint returns the fingerprint of an import line with the facts of p.
func (p Product) LineFingerprint() uint64 {
	p.Origin, p.LineHash, p.Ended, p.Unopened = 0, 0, time.Time{}, nil
	return fingerprint.OfRecord(p)
}

// WithoutHolders returns p without the holders for whom isFormer returns true. An imported product gets a new fingerprint, because a
// later line with these holders would otherwise seem to be imported already.
func (p Product) WithoutHolders(isFormer func(CustomerID) bool) Product {
	p.Holders = slices.DeleteFunc(slices.Clone(p.Holders), isFormer)
	p.Unopened = slices.DeleteFunc(slices.Clone(p.Unopened), isFormer)
	if p.Origin != 0 {
		p.Origin = p.LineFingerprint()
	}
	return p
}

// HasDetails reports whether the product has details that mijn.nn can show.
func (p *Product) HasDetails() bool {
	return p.Savings != nil || p.Mortgage != nil || p.Life != nil || p.Nonlife != nil || p.Capital != nil
}

// Savings has the details of a savings account.
type Savings struct {
	Balance        int64         `cbor:"1,keyasint"`
	InterestRate   int64         `cbor:"2,keyasint"`
	CounterAccount string        `cbor:"3,keyasint,omitempty"`
	Transactions   []Transaction `cbor:"4,keyasint,omitempty"` // Transactions are ordered newest first.
}

// Transaction is a payment from or to a savings account.
type Transaction struct {
	Date        string `cbor:"1,keyasint"`
	Amount      int64  `cbor:"2,keyasint"` // Amount is negative for a payment from the account.
	Description string `cbor:"3,keyasint"`
}

// Mortgage is a loan on a house, divided into parts.
type Mortgage struct {
	Collateral     string     `cbor:"1,keyasint"`
	MonthlyPayment int64      `cbor:"2,keyasint"`
	Parts          []LoanPart `cbor:"3,keyasint"`
}

// LoanPart is a part of a mortgage with its own form, rate and end.
type LoanPart struct {
	Part        string `cbor:"1,keyasint"` // Part is a number such as "01".
	Form        string `cbor:"2,keyasint"` // Form is "annuity", "linear", "interest_only", "savings", or free text.
	Principal   int64  `cbor:"3,keyasint"` // Principal is the amount at the start.
	Outstanding int64  `cbor:"4,keyasint"` // Outstanding is the amount now.
	Rate        int64  `cbor:"5,keyasint"`
	FixedUntil  string `cbor:"6,keyasint,omitempty"` // FixedUntil is empty if the rate is variable.
	Ends        string `cbor:"7,keyasint"`
}

// LifeInsurance has the details of a life insurance.
type LifeInsurance struct {
	InsuredAmount int64  `cbor:"1,keyasint"`
	Premium       int64  `cbor:"2,keyasint"`
	PremiumPeriod string `cbor:"3,keyasint"` // PremiumPeriod is "month", "quarter", "half_year", "year", "once", or free text.
	Ends          string `cbor:"4,keyasint,omitempty"`
	Beneficiary   string `cbor:"5,keyasint,omitempty"`
}

// NonlifeInsurance has the details of an insurance of a thing, a trip or a liability.
type NonlifeInsurance struct {
	Insured       string `cbor:"1,keyasint"`
	Cover         string `cbor:"2,keyasint"`
	Premium       int64  `cbor:"3,keyasint"`
	PremiumPeriod string `cbor:"4,keyasint"`
	Deductible    int64  `cbor:"5,keyasint,omitempty"`
	Renews        string `cbor:"6,keyasint,omitempty"`
}

// CapitalProduct has the details of a pension or an investment.
type CapitalProduct struct {
	Value        int64  `cbor:"1,keyasint"`
	AsOf         string `cbor:"2,keyasint"`
	Contribution int64  `cbor:"3,keyasint,omitempty"` // Contribution is the amount paid in per month.
}

// ProductKey returns the key in the database of a product.
func (tx *Tx) ProductKey(id ProductID) string {
	return tx.lookupKey(ProductTable, string(id))
}

// ProductNumberKey returns the key of the index entry for products with a normalised number.
func (tx *Tx) ProductNumberKey(lookup string) string {
	return tx.lookupKey(ProductNumberTable, lookup)
}

// Product returns the product with an ID. A retired product is not found.
func (tx *Tx) Product(id ProductID) (Product, bool) {
	p, found := tx.ProductRecord(id)
	if p.Retired {
		return Product{}, false
	}
	return p, found
}

// ProductRecord returns the product with an ID, even if it is retired.
func (tx *Tx) ProductRecord(id ProductID) (Product, bool) {
	return sealedkv.Get[Product](tx.sealed, tx.ProductKey(id))
}

// ProductsByNumber returns the products with exactly this number, in the form of Product.NormalisedNumber (F7). A loan and a
// policy may have the same number.
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

// PutProduct stores p, and updates the index of product numbers.
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

// Products yields every product that is not retired, in no particular order.
func (tx *Tx) Products() iter.Seq[Product] {
	return func(yield func(Product) bool) {
		for p := range sealedkv.Scan[Product](tx.sealed, ProductTable) {
			if !p.Retired && !yield(p) {
				return
			}
		}
	}
}

// DeleteProduct deletes a product, if it exists. The caller must make sure that nobody holds it.
func (tx *Tx) DeleteProduct(id ProductID) {
	if p, found := tx.Product(id); found {
		sealedkv.RemoveFromIndex(tx.sealed, tx.ProductNumberKey(p.NormalisedNumber), id)
		tx.sealed.Delete(tx.ProductKey(id))
	}
}
