package store

// DeskChanges says which facts a customer changed at the desk. An import leaves
// these as they are.
type DeskChanges struct {
	Email    bool `cbor:"1,keyasint,omitempty"`
	Phone    bool `cbor:"2,keyasint,omitempty"` // also if they took it away
	Language bool `cbor:"3,keyasint,omitempty"`
	Unknown  bool `cbor:"4,keyasint,omitempty"` // and perhaps others, before changes were noted
}

// Copy puts the facts that d names from one customer into another.
func (d DeskChanges) Copy(into *Customer, from Customer) {
	if d.Email {
		into.Email = from.Email
	}
	if d.Phone {
		into.Phone = from.Phone
	}
	if d.Language {
		into.Language = from.Language
	}
}

// Fingerprint is the fingerprint of what a line of an import says of c. It is Origin,
// until something changes at the desk.
func (c Customer) Fingerprint() uint64 {
	c.Holdings, c.Origin, c.DeskChanges = nil, 0, DeskChanges{}
	return Fingerprint(c)
}

// ChangedAtDesk returns which facts of c the customer changed at the desk. A record
// that was changed before changes were noted shows only that something was.
func (c Customer) ChangedAtDesk() DeskChanges {
	if c.DeskChanges == (DeskChanges{}) {
		return DeskChanges{Unknown: c.Fingerprint() != c.Origin}
	}
	return c.DeskChanges
}

// NoteDeskChanges notes which facts of c differ from before, which the customer
// changed at the desk in this transaction.
func (c *Customer) NoteDeskChanges(before Customer) {
	c.DeskChanges = before.ChangedAtDesk()
	c.DeskChanges.Email = c.DeskChanges.Email || c.Email != before.Email
	c.DeskChanges.Phone = c.DeskChanges.Phone || c.Phone != before.Phone
	c.DeskChanges.Language = c.DeskChanges.Language || c.Language != before.Language
}
