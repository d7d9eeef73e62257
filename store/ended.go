package store

import (
	"slices"
	"time"

	"loket/store/sealedkv"
)

// CustomerStatus is the bank's view of whether the desk serves a customer. An empty status means that it does.
type CustomerStatus string

const (
	CustomerDeceased CustomerStatus = "deceased"
	CustomerBlocked  CustomerStatus = "blocked"
)

// IsInBankFeed reports whether the record was imported and has not ended. If a file with all records of the bank lacks such a
// record, the record has ended. Records made at the desk are in no file.
func (c *Customer) IsInBankFeed() bool    { return c.Origin != 0 && c.Ended.IsZero() }
func (p *Product) IsInBankFeed() bool     { return p.Origin != 0 && p.Ended.IsZero() }
func (a *Application) IsInBankFeed() bool { return a.Origin != 0 && a.Ended.IsZero() }

// IsActive reports whether the desk serves the customer. Other customers cannot log in, and visitors who are not logged in get
// the same answers as for unknown people.
func (c *Customer) IsActive() bool { return c.Status == "" && c.Ended.IsZero() && c.Blocked.IsZero() }

// IsGone reports whether there is nobody to write to, because the customer is dead or is no longer a customer of the bank.
func (c *Customer) IsGone() bool { return c.Status == CustomerDeceased || !c.Ended.IsZero() }

// GoneSince returns when the bank's relationship with a customer ended who is gone: the latest of the time when the bank removed
// the customer or reported the death, and the end of the last product. It returns zero for a customer who is not gone. Products
// that the customer still holds do not count.
func (c *Customer) GoneSince() (since time.Time) {
	if !c.IsGone() {
		return since
	}
	return slices.MaxFunc([]time.Time{c.Ended, c.DeceasedSince, c.LastProductEnd}, time.Time.Compare)
}

// IsClosed reports whether the product has ended. The desk shows it as ended until it is retired.
func (p *Product) IsClosed() bool { return p.Closed != "" || !p.Ended.IsZero() }

// EndProduct marks a product that the bank no longer has as ended. Its holders keep it until it is retired.
func (tx *Tx) EndProduct(p Product) {
	p.Ended = tx.Now
	tx.PutProduct(p)
}

// EndHolders takes a product from some of its holders. Without any holders the product has ended.
func (tx *Tx) EndHolders(p Product, former ...CustomerID) {
	p = p.WithoutHolders(func(c CustomerID) bool { return slices.Contains(former, c) })
	if len(p.Holders) == 0 {
		p.Ended = tx.Now
	}
	tx.PutProduct(p)
	for _, id := range former {
		tx.DropEndedHolding(id, p.ID, tx.Now)
	}
}

// EndApplication withdraws an application. Its activation numbers no longer work, and applicants lose the product unless they
// have already opened it with one.
func (tx *Tx) EndApplication(a Application) {
	for _, id := range a.Applicants {
		tx.RevokeNumbers(a, id)
		tx.DropMatchingHoldings(id, func(h Holding) bool { return h.Application == a.ID && !h.IsVisible() })
	}
	a.Ended = tx.Now
	tx.PutApplication(a)
}

// ForgetApplication deletes an application that has ended. The caller makes sure that it has no activation numbers.
func (tx *Tx) ForgetApplication(a Application) {
	tx.NoteUnopened(a.Product)
	tx.DeleteApplication(a.ID)
}

// NoteUnopened notes which holders do not have a product, before the application that explains it goes. They were applicants, and did
// not open it. They remain holders, because the bank lists them: the same line must not give them what they did not open, and they are
// holders if they apply again.
func (tx *Tx) NoteUnopened(id ProductID) {
	p, _ := tx.Product(id)
	before := len(p.Unopened)
	for _, holder := range p.Holders {
		if c, known := tx.Customer(holder); known && c.Holding(id) == nil && !slices.Contains(p.Unopened, holder) {
			p.Unopened = append(p.Unopened, holder)
		}
	}
	if len(p.Unopened) > before {
		tx.PutProduct(p)
	}
}

// DropEndedHolding takes a product from a customer for whom it ended at the given time.
func (tx *Tx) DropEndedHolding(id CustomerID, product ProductID, ended time.Time) {
	c, known := tx.Customer(id)
	if !known || c.Holding(product) == nil {
		return
	}
	c.Holdings = slices.DeleteFunc(slices.Clone(c.Holdings), func(h Holding) bool { return h.Product == product })
	if ended.After(c.LastProductEnd) {
		c.LastProductEnd = ended
	}
	tx.PutHoldings(c)
}

// DropMatchingHoldings removes the holdings of a customer for which the function which returns true.
func (tx *Tx) DropMatchingHoldings(id CustomerID, which func(Holding) bool) {
	if c, known := tx.Customer(id); known && slices.ContainsFunc(c.Holdings, which) {
		c.Holdings = slices.DeleteFunc(slices.Clone(c.Holdings), which)
		tx.PutCustomer(c)
	}
}

// RetireProduct deletes the facts of a product that has ended, and takes it from its holders. A record with only the ID
// remains, because applications may refer to the product, and so that an identical import line does not bring it back.
func (tx *Tx) RetireProduct(id ProductID) {
	p, found := tx.Product(id)
	if !found {
		return
	}
	for _, holder := range p.Holders {
		tx.DropEndedHolding(holder, id, p.EndedAt())
	}
	tx.DeleteProduct(id)
	retired := Product{ID: id, Retired: true}
	if p.Ended.IsZero() {
		retired.Origin = p.Origin
	}
	sealedkv.Put(tx.sealed, tx.ProductKey(id), retired)
}

// EndedAt returns when the product ended. If the bank gives only a day, it returns the start of that day.
func (p *Product) EndedAt() time.Time {
	if !p.Ended.IsZero() {
		return p.Ended
	}
	day, _ := time.Parse(time.DateOnly, p.Closed)
	return day
}
