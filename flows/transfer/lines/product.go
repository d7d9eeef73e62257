package lines

import (
	"github.com/go-json-experiment/json/jsontext"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/flows/transfer/kinds"
	"loket/store"
)

// Product is a line about an account, a loan or a policy. If the details are left out, mijn.nn cannot show them yet (V2).
type Product struct {
	Type    string         `json:"type"`
	ID      string         `json:"id"`
	Kind    string         `json:"kind"`
	Name    string         `json:"name"`
	Number  string         `json:"number"`
	Holders []string       `json:"holders"`
	Since   string         `json:"since"`
	Closed  string         `json:"closed,omitempty"` // Closed is the day on which the product ended.
	Details jsontext.Value `json:"details,omitempty"`
}

// maxHolders is the maximum number of holders or applicants. No real product has so many.
const maxHolders = 20

func (l Product) toRecord(c *check.FieldReader) LineRecord {
	const rule = "an account, loan or policy number of at most 40 characters"
	r := store.Product{
		ID:     store.ProductID(c.ReadID("id", l.ID)),
		Kind:   check.ReadListedWord(c, "kind", l.Kind, store.ProductKinds...),
		Name:   c.ReadRequiredText("name", l.Name, check.LongestName),
		Number: c.ReadRequiredText("number", l.Number, check.LongestText),
		Since:  c.ReadRequiredDateText("since", l.Since),
		Closed: c.ReadPastDateText("closed", l.Closed),
	}
	if r.Closed == "" || len(l.Holders) > 0 {
		r.Holders = check.ReadIDs[store.CustomerID](c, "holders", l.Holders, maxHolders)
	}
	if r.Number != "" {
		r.NormalisedNumber = check.ReadOptionalParsed(c, "number", r.Number, dutch.ParseProductNumber, rule)
	}
	if kind, known := kinds.FindKind(r.Kind); known {
		if r.NormalisedNumber != "" {
			kind.CheckNumber(c, r.Number)
		}
		if len(l.Details) > 0 && string(l.Details) != "null" {
			c.PathPrefix = "details."
			kind.ReadDetails(c, &r, l.Details)
			c.PathPrefix = ""
		}
	}
	r.Origin = r.LineFingerprint()
	r.LineHash = c.LineHash ^ r.Origin
	return LineRecord{RecordRef{ProductType, string(r.ID)}, r.Origin, r}
}

// NewProductLine returns the line for a product in the store.
func NewProductLine(p store.Product) Product {
	l := Product{
		Type: ProductType, ID: string(p.ID), Kind: string(p.Kind), Name: p.Name, Number: p.Number, Holders: toStrings(p.Holders), Since: p.Since, Closed: p.Closed,
	}
	if kind, known := kinds.FindKind(p.Kind); known {
		l.Details = kind.WriteDetails(p)
	}
	return l
}
