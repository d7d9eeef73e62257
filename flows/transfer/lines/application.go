package lines

import (
	"time"

	"loket/flows/transfer/check"
	"loket/store"
)

// Application is a line about a request for a product by one or more applicants.
type Application struct {
	Type       string   `json:"type"`
	ID         string   `json:"id"`
	Product    string   `json:"product"`
	Applicants []string `json:"applicants"`
	Submitted  string   `json:"submitted"`
}

func (l Application) toRecord(c *check.Fields) Record {
	r := store.Application{
		ID:         store.ApplicationID(c.ID("id", l.ID)),
		Product:    store.ProductID(c.ID("product", l.Product)),
		Applicants: check.IDs[store.CustomerID](c, "applicants", l.Applicants, maxHolders),
		Submitted:  c.RequiredDateText("submitted", l.Submitted),
	}
	r.Origin = ApplicationFingerprint(r)
	r.LineHash = c.LineHash ^ r.Origin
	return Record{RecordRef{ApplicationType, string(r.ID)}, r.Origin, r}
}

// ApplicationFingerprint returns the fingerprint of the facts of an application that a line contains.
func ApplicationFingerprint(a store.Application) uint64 {
	a.LatestNumbers, a.PreviousNumbers, a.SpentNumbers, a.Origin, a.LineHash, a.Ended = nil, nil, nil, 0, 0, time.Time{}
	return store.Fingerprint(a)
}

// FromApplication returns the line for an application in the store.
func FromApplication(a store.Application) Application {
	return Application{
		Type: ApplicationType, ID: string(a.ID), Product: string(a.Product), Applicants: toStrings(a.Applicants), Submitted: a.Submitted,
	}
}
