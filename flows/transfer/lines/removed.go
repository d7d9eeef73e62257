package lines

import (
	"slices"

	"loket/flows/transfer/check"
	"loket/store"
	"loket/store/fingerprint"
)

// RemovedLine is a line saying that the bank no longer has a customer, a product or an application, or that a customer no longer
// holds a product.
type RemovedLine struct {
	Type     string `json:"type"`
	Of       string `json:"of"`
	ID       string `json:"id"`
	Customer string `json:"customer,omitempty"` // Customer is set only for a holder; then ID is the product.
}

// RemovedHolderType is the value of RemovedLine.Of for a customer who no longer holds a product.
const RemovedHolderType = "holder"

// NewRemovedLine returns the line of a removal.
func NewRemovedLine(r Removal) RemovedLine {
	l := RemovedLine{Type: RemovedType, Of: r.Type, ID: r.ID}
	if r.Holder != "" {
		l.Of, l.Customer = RemovedHolderType, string(r.Holder)
	}
	return l
}

var removable = []string{CustomerType, ProductType, ApplicationType, RemovedHolderType}

// A Removal is the content of a RemovedLine: the removed record or, if Holder is set, only a holder of that product.
type Removal struct {
	RecordRef
	Holder store.CustomerID
}

func (l RemovedLine) toRecord(c *check.FieldReader) LineRecord {
	of := check.ReadListedWord(c, "of", l.Of, removable...)
	r := Removal{RecordRef: RecordRef{of, c.ReadID("id", l.ID)}}
	switch {
	case of == RemovedHolderType:
		r.Type, r.Holder = ProductType, store.CustomerID(c.ReadID("customer", l.Customer))
	case l.Customer != "" && slices.Contains(removable, of):
		c.AddProblem("customer", "is for a holder alone")
	}
	return LineRecord{r.LineRef(), fingerprint.OfRecord(r), r}
}

// LineRef returns what the line is about, which differs from the record that it removes.
func (r Removal) LineRef() RecordRef {
	return RecordRef{RemovedType, r.Type + " " + r.ID + " " + string(r.Holder)}
}
