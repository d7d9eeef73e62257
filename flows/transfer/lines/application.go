package lines

import (
	"maps"
	"slices"
	"time"

	"loket/flows/transfer/check"
	"loket/store"
	"loket/store/fingerprint"
)

// Application is a line about a request for a product by one or more applicants.
type Application struct {
	Type       string    `json:"type"`
	ID         string    `json:"id"`
	Product    string    `json:"product"`
	Applicants []string  `json:"applicants"`
	Submitted  string    `json:"submitted"`
	Opened     []Opening `json:"opened,omitempty"`
}

// An Opening says when an applicant opened the product with an activation number. An export writes it for use at another desk.
// It has no effect on an application that already exists there.
type Opening struct {
	Customer string `json:"customer"`
	At       string `json:"at"` // At is a time as in RFC 3339.
}

// OpenedApplication is an application, with when each applicant opened the product.
type OpenedApplication struct {
	store.Application
	Opened map[store.CustomerID]time.Time
}

func (l Application) toRecord(c *check.FieldReader) LineRecord {
	r := store.Application{
		ID:         store.ApplicationID(c.ReadID("id", l.ID)),
		Product:    store.ProductID(c.ReadID("product", l.Product)),
		Applicants: check.ReadIDs[store.CustomerID](c, "applicants", l.Applicants, maxHolders),
		Submitted:  c.ReadRequiredDateText("submitted", l.Submitted),
	}
	r.Origin = ApplicationFingerprint(r)
	r.LineHash = c.LineHash ^ r.Origin
	opened, areApplicantsKnown := map[store.CustomerID]time.Time{}, !c.HasProblem("applicants")
	check.ReadItems(c, "opened", l.Opened, maxHolders, func(o Opening) {
		id := store.CustomerID(c.ReadID("customer", o.Customer))
		switch _, again := opened[id]; {
		case id == "":
		case again:
			c.AddProblem("customer", "is %s, which stands there already", id)
		case areApplicantsKnown && !slices.Contains(r.Applicants, id):
			c.AddProblem("customer", "is not an applicant")
		}
		opened[id] = c.PastTime("at", o.At)
	})
	return LineRecord{RecordRef{ApplicationType, string(r.ID)}, r.Origin, OpenedApplication{r, opened}}
}

// ApplicationFingerprint returns the fingerprint of the facts of an application that a line contains.
func ApplicationFingerprint(a store.Application) uint64 {
	a.LatestNumbers, a.PreviousNumbers, a.SpentNumbers, a.Origin, a.LineHash, a.Ended = nil, nil, nil, 0, 0, time.Time{}
	return fingerprint.OfRecord(a)
}

// NewApplicationLine returns the line for an application in the store.
func NewApplicationLine(a OpenedApplication) Application {
	l := Application{
		Type: ApplicationType, ID: string(a.ID), Product: string(a.Product), Applicants: toStrings(a.Applicants), Submitted: a.Submitted,
	}
	for _, id := range slices.Sorted(maps.Keys(a.Opened)) {
		l.Opened = append(l.Opened, Opening{string(id), a.Opened[id].UTC().Format(time.RFC3339Nano)})
	}
	return l
}

// NoteOpened records when a customer opened the product of the application, if the customer did.
func (a *OpenedApplication) NoteOpened(by store.Customer) {
	h := by.Holding(a.Product)
	if h == nil || h.Application != a.ID || h.OpenedAt.IsZero() {
		return
	}
	if a.Opened == nil {
		a.Opened = map[store.CustomerID]time.Time{}
	}
	a.Opened[by.ID] = h.OpenedAt
}
