package store

import "time"

// DeskChanges says which facts a customer changed at the desk: these are the customer's own.
// An import leaves them as they are until what the bank says of them changes.
type DeskChanges struct {
	Email    bool      `cbor:"1,keyasint,omitempty"`
	Phone    bool      `cbor:"2,keyasint,omitempty"` // also if they took it away
	Language bool      `cbor:"3,keyasint,omitempty"`
	Unknown  bool      `cbor:"4,keyasint,omitempty"` // and perhaps others, before changes were noted
	Bank     BankFacts `cbor:"5,keyasint,omitzero"`
}

// BankFacts is what the bank last said of facts that are the customer's own: nil where
// no import has come since they were noted without it.
type BankFacts struct {
	Email    *string `cbor:"1,keyasint,omitempty"`
	Phone    *string `cbor:"2,keyasint,omitempty"`
	Language *string `cbor:"3,keyasint,omitempty"`
}

// A SharedFact is one that both the bank and the customer can change.
type SharedFact struct {
	Name  string // of the field of an import
	value func(*Customer) *string
	own   func(*DeskChanges) *bool
	bank  func(*BankFacts) **string
}

// SharedFacts lists them.
var SharedFacts = []SharedFact{
	{"email", func(c *Customer) *string { return &c.Email }, func(d *DeskChanges) *bool { return &d.Email }, func(b *BankFacts) **string { return &b.Email }},
	{"phone", func(c *Customer) *string { return &c.Phone }, func(d *DeskChanges) *bool { return &d.Phone }, func(b *BankFacts) **string { return &b.Phone }},
	{"language", func(c *Customer) *string { return &c.Language }, func(d *DeskChanges) *bool { return &d.Language }, func(b *BankFacts) **string { return &b.Language }},
}

// Of returns the fact as c sees it.
func (f SharedFact) Of(c Customer) string { return *f.value(&c) }

// Take brings the fact of c to what the bank says of it by now. The customer's own is kept
// unless the bank said something else before (R23). There are two values only where
// they differ.
func (f SharedFact) Take(c *Customer, says string) (kept bool) {
	sees, own, bank := f.value(c), f.own(&c.DeskChanges), f.bank(&c.DeskChanges.Bank)
	kept = *own && *sees != says && (*bank == nil || **bank == says)
	if kept {
		*bank = &says
		return true
	}
	*sees, *own, *bank = says, false, nil
	return false
}

// note notes that the customer changed the fact from what it was before, if that is so.
func (f SharedFact) note(c *Customer, before Customer) {
	sees, own, bank, was := f.value(c), f.own(&c.DeskChanges), f.bank(&c.DeskChanges.Bank), f.Of(before)
	if *sees == was {
		return
	}
	if !*own && !c.DeskChanges.Unknown {
		*bank = &was
	}
	*own = true
	if *bank != nil && **bank == *sees {
		*own, *bank = false, nil
	}
}

// Copy puts the facts that d names from one customer into another.
func (d DeskChanges) Copy(into *Customer, from Customer) {
	for _, f := range SharedFacts {
		if *f.own(&d) {
			*f.value(into) = f.Of(from)
		}
	}
}

// CopyShared puts all shared facts from one customer into another, with whose they are.
func CopyShared(into *Customer, from Customer) {
	into.DeskChanges = from.DeskChanges
	for _, f := range SharedFacts {
		*f.value(into) = f.Of(from)
	}
}

// Fingerprint is the fingerprint of what a line of an import says of c. It is Origin,
// until something changes at the desk.
func (c Customer) Fingerprint() uint64 {
	c.Holdings, c.Origin, c.LineHash, c.DeskChanges, c.Ended, c.Blocked = nil, 0, 0, DeskChanges{}, time.Time{}, time.Time{}
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
	for _, f := range SharedFacts {
		f.note(c, before)
	}
}
