package transfer

import (
	"slices"

	"loket/store"
)

// applicationLine is a request for a product, by its applicants together.
type applicationLine struct {
	Type       string   `json:"type"`
	ID         string   `json:"id"`
	Product    string   `json:"product"`
	Applicants []string `json:"applicants"`
	Submitted  string   `json:"submitted"`
}

func (l applicationLine) record(c *checks) record {
	r := application{store.Application{
		ID:         store.ApplicationID(c.id("id", l.ID)),
		Product:    store.ProductID(c.id("product", l.Product)),
		Applicants: ids[store.CustomerID](c, "applicants", l.Applicants, mostHolders),
		Submitted:  c.day("submitted", l.Submitted),
	}}
	r.Origin = factsOfApplication(r.Application)
	return r
}

// factsOfApplication is the fingerprint of what a line says of an application.
func factsOfApplication(a store.Application) uint64 {
	a.Latest, a.Origin = nil, 0
	return store.Fingerprint(a)
}

type application struct{ store.Application }

func (a application) about() ref     { return ref{applicationType, string(a.ID)} }
func (a application) origin() uint64 { return a.Origin }

// apply also has the product show only once its activation number was used (A4),
// to applicants who did not see it before this import. One who is no longer an
// applicant is left without the product, and without a number that works.
//
// A product that the application is no longer for is its holders' without one.
func (a application) apply(im *importer) change {
	im.customers("applicant", a.Applicants)
	if _, known := im.tx.Product(a.Product); !known {
		im.unknown(ref{productType, string(a.Product)}, "product")
		return unchanged
	}
	old, was := im.tx.Application(a.ID)
	if was && old.Origin == a.Origin {
		return unchanged
	}
	a.Latest = old.Latest
	im.tx.PutApplication(a.Application)
	for _, id := range old.Applicants {
		stays := slices.Contains(a.Applicants, id)
		if !stays {
			im.revoke(a.Latest[id])
		}
		if old.Product != a.Product {
			im.release(id, old)
		}
		if !stays || old.Product != a.Product {
			im.take(id, func(h store.Holding) bool { return h.Application == a.ID && !h.Shows() })
		}
	}
	for _, id := range a.Applicants {
		c, known := im.tx.Customer(id)
		switch h := c.Holding(a.Product); {
		case !known:
			continue
		case h == nil:
			c.Hold(a.Product).Application = a.ID
		case h.Application == "" && im.fresh(c.ID, a.Product):
			h.Application = a.ID
		default:
			continue
		}
		im.tx.PutCustomer(c)
	}
	return became(was, factsOfApplication(old), a.Origin)
}

// release lets a holder of a product have it as if nobody had applied for it.
func (im *importer) release(id store.CustomerID, from store.Application) {
	p, _ := im.tx.Product(from.Product)
	c, known := im.tx.Customer(id)
	h := c.Holding(from.Product)
	if known && h != nil && h.Application == from.ID && !h.Shows() && slices.Contains(p.Holders, id) {
		h.Application = ""
		im.tx.PutCustomer(c)
	}
}
