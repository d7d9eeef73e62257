package store

// ApplicationID is the number of an application.
type ApplicationID string

// Application is a request for a product by one person or several, each of
// whom gets an activation number of their own (A1).
type Application struct {
	ID         ApplicationID           `cbor:"1,keyasint"`
	Product    ProductID               `cbor:"2,keyasint"`
	Applicants []CustomerID            `cbor:"3,keyasint"`
	Submitted  string                  `cbor:"4,keyasint"`           // ISO 8601
	Latest     map[CustomerID]NumberID `cbor:"5,keyasint,omitempty"` // the newest activation number of each
	Origin     uint64                  `cbor:"6,keyasint,omitempty"` // fingerprint of the line that it was imported from
}

func (tx *Tx) applicationKey(id ApplicationID) string {
	return tx.keys.blind(applications, string(id))
}

// Application finds an application by id.
func (tx *Tx) Application(id ApplicationID) (Application, bool) {
	return get[Application](tx, tx.applicationKey(id))
}

// PutApplication keeps a.
func (tx *Tx) PutApplication(a Application) { put(tx, tx.applicationKey(a.ID), a) }
