package lines

import (
	"loket/flows/transfer/check"
	"loket/store"
)

// Removed is a line saying that the bank no longer has a customer, a product or an application, or that a customer no longer
// holds a product.
type Removed struct {
	Type     string `json:"type"`
	Of       string `json:"of"`
	ID       string `json:"id"`
	Customer string `json:"customer,omitempty"` // Customer is set only for a holder; then ID is the product.
}

// HolderType is the value of Removed.Of for a customer who no longer holds a product.
const HolderType = "holder"

// RemovedOf returns the line saying that a record is removed.
func RemovedOf(kind, id string) Removed { return Removed{Type: RemovedType, Of: kind, ID: id} }

var removable = []string{CustomerType, ProductType, ApplicationType, HolderType}

// A Removal is the content of a Removed line: the removed record or, if Holder is set, only a holder of that product.
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
