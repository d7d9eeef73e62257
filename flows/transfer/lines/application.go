package lines

import (
	"loket/flows/transfer/check"
	"loket/store"
)

// Application is a request for a product, by its applicants together.
type Application struct {
	Type       string   `json:"type"`
	ID         string   `json:"id"`
	Product    string   `json:"product"`
	Applicants []string `json:"applicants"`
	Submitted  string   `json:"submitted"`
}

func (l Application) record(c *check.Fields) Record {
	r := store.Application{
		ID:         store.ApplicationID(c.ID("id", l.ID)),
		Product:    store.ProductID(c.ID("product", l.Product)),
		Applicants: check.IDs[store.CustomerID](c, "applicants", l.Applicants, mostHolders),
		Submitted:  c.Day("submitted", l.Submitted),
	}
	r.Origin = FactsOfApplication(r)
	return Record{Ref{ApplicationType, string(r.ID)}, r.Origin, r}
}

// FactsOfApplication is the fingerprint of what a line says of an application.
func FactsOfApplication(a store.Application) uint64 {
	a.Latest, a.Before, a.Spent, a.Origin = nil, nil, nil, 0
	return store.Fingerprint(a)
}

// OfApplication returns the line of a record, the other way around from its record method.
func OfApplication(a store.Application) Application {
	return Application{
		Type: ApplicationType, ID: string(a.ID), Product: string(a.Product), Applicants: texts(a.Applicants), Submitted: a.Submitted,
	}
}
