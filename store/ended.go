package store

import (
	"slices"
	"time"

	"loket/store/sealedkv"
)

// CustomerStatus is whether somebody is a customer with whom the desk deals, as the bank
// has it. The empty one is of those who are.
type CustomerStatus string

const (
	CustomerDeceased CustomerStatus = "deceased"
	CustomerBlocked  CustomerStatus = "blocked"
)

// IsInFeed reports whether an import brought the record, and none has ended it since: then a
// file that has everything lacks it only if it has ended. What the desk made is in no file.
func (c *Customer) IsInFeed() bool    { return c.Origin != 0 && c.Ended.IsZero() }
func (p *Product) IsInFeed() bool     { return p.Origin != 0 && p.Ended.IsZero() }
func (a *Application) IsInFeed() bool { return a.Origin != 0 && a.Ended.IsZero() }

// IsActive reports whether the desk deals with the customer: it lets nobody else log in, and to
// strangers nobody else is known.
func (c *Customer) IsActive() bool { return c.Status == "" && c.Ended.IsZero() && c.Blocked.IsZero() }

// IsGone reports whether there is nobody to write to: the customer is dead, or the bank
// has no such customer any more.
func (c *Customer) IsGone() bool { return c.Status == CustomerDeceased || !c.Ended.IsZero() }

// IsClosed reports whether the product has ended. It is shown as such until it is retired.
func (p *Product) IsClosed() bool { return p.Closed != "" || !p.Ended.IsZero() }

// EndProduct closes a product that the bank has no more. It stays with its holders until it
// is retired.
func (tx *Tx) EndProduct(p Product) {
	p.Ended = tx.Now
	tx.PutProduct(p)
}

// EndHolder takes a product from one of its holders. Without any it has ended.
func (tx *Tx) EndHolder(p Product, holder CustomerID) {
	p.Holders = slices.DeleteFunc(slices.Clone(p.Holders), func(c CustomerID) bool { return c == holder })
	if len(p.Holders) == 0 {
		p.Ended = tx.Now
	}
	tx.PutProduct(p)
	tx.DropHoldings(holder, func(h Holding) bool { return h.Product == p.ID })
}

// EndApplication withdraws an application. Its numbers work no more, and what they would have
// opened is nobody's. What one of them did open stays.
func (tx *Tx) EndApplication(a Application) {
	for _, id := range a.Applicants {
		tx.RevokeNumbers(a, id)
		tx.DropHoldings(id, func(h Holding) bool { return h.Application == a.ID && !h.IsVisible() })
	}
	a.Ended = tx.Now
	tx.PutApplication(a)
}

// DropHoldings takes from a customer the holdings that which reports true for.
func (tx *Tx) DropHoldings(id CustomerID, which func(Holding) bool) {
	if c, known := tx.Customer(id); known && slices.ContainsFunc(c.Holdings, which) {
		c.Holdings = slices.DeleteFunc(slices.Clone(c.Holdings), which)
		tx.PutCustomer(c)
	}
}

// RetireProduct forgets a product that has ended, and takes it from its holders. It is kept that
// there was one, because applications can refer to it, and so that the same line of an
// import does not bring it back.
func (tx *Tx) RetireProduct(id ProductID) {
	p, found := tx.Product(id)
	if !found {
		return
	}
	for _, holder := range p.Holders {
		tx.DropHoldings(holder, func(h Holding) bool { return h.Product == id })
	}
	tx.DeleteProduct(id)
	retired := Product{ID: id, Retired: true}
	if p.Ended.IsZero() {
		retired.Origin = p.Origin
	}
	sealedkv.Put(tx.sealed, tx.ProductKey(id), retired)
}

// EndedAt returns when the product ended: if the bank names a day, when that day began.
func (p *Product) EndedAt() time.Time {
	if !p.Ended.IsZero() {
		return p.Ended
	}
	day, _ := time.Parse(time.DateOnly, p.Closed)
	return day
}
