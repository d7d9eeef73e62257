package transfer

import (
	"encoding/json"
	"slices"

	"loket/flows/dutch"
	"loket/store"
)

// productLine is an account, a loan or a policy. Details may be left out: then
// mijn.nn cannot show them yet (V2).
type productLine struct {
	Type    string          `json:"type"`
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Name    string          `json:"name"`
	Number  string          `json:"number"`
	Holders []string        `json:"holders"`
	Since   string          `json:"since"`
	Details json.RawMessage `json:"details,omitempty"`
}

// mostHolders is more people than share a product, or apply for one together.
const mostHolders = 20

func (l productLine) record(c *checks) record {
	const rule = "an account, loan or policy number of at most 40 characters"
	r := product{store.Product{
		ID:      store.ProductID(c.id("id", l.ID)),
		Kind:    oneOf(c, "kind", l.Kind, store.ProductKinds...),
		Name:    c.needed("name", l.Name, longestName),
		Number:  c.needed("number", l.Number, longestText),
		Lookup:  form(c, "number", l.Number, dutch.ParseProductNumber, rule),
		Holders: ids[store.CustomerID](c, "holders", l.Holders, mostHolders),
		Since:   c.day("since", l.Since),
	}}
	if kind, known := kinds[r.Kind]; known {
		kind.checkNumber(c, l.Number)
		if len(l.Details) > 0 && string(l.Details) != "null" {
			c.within = "details."
			kind.read(c, &r.Product, l.Details)
			c.within = ""
		}
	}
	r.Origin = factsOfProduct(r.Product)
	return r
}

// factsOfProduct is the fingerprint of what a line says of a product.
func factsOfProduct(p store.Product) uint64 {
	p.Origin = 0
	return store.Fingerprint(p)
}

type product struct{ store.Product }

func (p product) about() ref     { return ref{productType, string(p.ID)} }
func (p product) origin() uint64 { return p.Origin }

// apply also gives the product to those who hold it now, and takes it from those
// who held it before.
func (p product) apply(im *importer) change {
	holders := im.customers("holder", p.Holders)
	old, was := im.tx.Product(p.ID)
	if was && old.Origin == p.Origin {
		return unchanged
	}
	im.tx.PutProduct(p.Product)
	for _, c := range holders {
		if c.Holding(p.ID) == nil {
			c.Hold(p.ID)
			im.tx.PutCustomer(c)
			if was {
				im.given[given{c.ID, p.ID}] = true
			}
		}
	}
	for _, id := range old.Holders {
		if !slices.Contains(p.Holders, id) {
			im.take(id, func(h store.Holding) bool { return h.Product == p.ID })
		}
	}
	return became(was, factsOfProduct(old), p.Origin)
}
