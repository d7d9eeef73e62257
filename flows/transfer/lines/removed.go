package lines

import (
	"loket/flows/transfer/check"
	"loket/store"
)

// Removed says that the bank no longer has a customer, a product or an application, or that
// a customer no longer holds a product.
type Removed struct {
	Type     string `json:"type"`
	Of       string `json:"of"`
	ID       string `json:"id"`
	Customer string `json:"customer,omitempty"` // of a holder: then id is that of the product
}

// HolderType is what a removed line calls somebody who holds a product.
const HolderType = "holder"

// RemovedOf returns the line that says that something is removed.
func RemovedOf(kind, id string) Removed { return Removed{Type: RemovedType, Of: kind, ID: id} }

var removable = []string{CustomerType, ProductType, ApplicationType, HolderType}

// A Removal is what a removed line says: what is removed, and of a product its holder, if
// it is no more than one of those.
type Removal struct {
	RecordRef
	Holder store.CustomerID
}

func (l Removed) toRecord(c *check.Fields) Record {
	r := Removal{RecordRef: RecordRef{check.OneOf(c, "of", l.Of, removable...), c.ID("id", l.ID)}}
	switch {
	case l.Of == HolderType:
		r.Type, r.Holder = ProductType, store.CustomerID(c.ID("customer", l.Customer))
	case l.Customer != "":
		c.AddProblem("customer", "is for a holder alone")
	}
	return Record{RecordRef{RemovedType, l.Of + " " + r.ID + " " + string(r.Holder)}, store.Fingerprint(l), r}
}
