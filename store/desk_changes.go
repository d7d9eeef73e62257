package store

import "time"

// DeskChanges says which facts a customer changed at the desk. An import leaves these
// facts alone until the bank's own value of them changes.
type DeskChanges struct {
	Email         bool      `cbor:"1,keyasint,omitempty"`
	Phone         bool      `cbor:"2,keyasint,omitempty"` // also if they removed it
	Language      bool      `cbor:"3,keyasint,omitempty"`
	OthersUnknown bool      `cbor:"4,keyasint,omitempty"` // and perhaps other facts, before changes were noted
	BankFacts     BankFacts `cbor:"5,keyasint,omitzero"`
}

// BankFacts holds the last values of the bank for facts that the customer changed: nil if
// the fact was noted without one and no import has come since.
type BankFacts struct {
	Email    *string `cbor:"1,keyasint,omitempty"`
	Phone    *string `cbor:"2,keyasint,omitempty"`
	Language *string `cbor:"3,keyasint,omitempty"`
}

// A SharedFact is a fact that both the bank and the customer can change.
type SharedFact struct {
	Name          string // the field in an import
	value         func(*Customer) *string
	changedAtDesk func(*DeskChanges) *bool
	bank          func(*BankFacts) **string
}

// SharedFacts lists all shared facts.
var SharedFacts = []SharedFact{
	{"email", func(c *Customer) *string { return &c.Email }, func(d *DeskChanges) *bool { return &d.Email }, func(b *BankFacts) **string { return &b.Email }},
	{"phone", func(c *Customer) *string { return &c.Phone }, func(d *DeskChanges) *bool { return &d.Phone }, func(b *BankFacts) **string { return &b.Phone }},
	{"language", func(c *Customer) *string { return &c.Language }, func(d *DeskChanges) *bool { return &d.Language }, func(b *BankFacts) **string { return &b.Language }},
}

// ValueOf returns the fact of c.
func (f SharedFact) ValueOf(c Customer) string { return *f.value(&c) }

// ApplyBankValue updates the fact of c to the value of the bank. It keeps the customer's own
// value, and returns true, unless the bank's value differs from the one before (R23). Two
// values are stored only if they differ.
func (f SharedFact) ApplyBankValue(c *Customer, bankValue string) (kept bool) {
	current, own, bank := f.value(c), f.changedAtDesk(&c.DeskChanges), f.bank(&c.DeskChanges.BankFacts)
	kept = *own && *current != bankValue && (*bank == nil || **bank == bankValue)
	if kept {
		*bank = &bankValue
		return true
	}
	*current, *own, *bank = bankValue, false, nil
	return false
}

// noteDeskChange notes that the customer changed the fact, if it differs from before.
func (f SharedFact) noteDeskChange(c *Customer, before Customer) {
	current, own, bank, was := f.value(c), f.changedAtDesk(&c.DeskChanges), f.bank(&c.DeskChanges.BankFacts), f.ValueOf(before)
	if *current == was {
		return
	}
	if !*own && !c.DeskChanges.OthersUnknown {
		*bank = &was
	}
	*own = true
	if *bank != nil && **bank == *current {
		*own, *bank = false, nil
	}
}

// Copy copies the facts that d marks from one customer to another.
func (d DeskChanges) Copy(into *Customer, from Customer) {
	for _, f := range SharedFacts {
		if *f.changedAtDesk(&d) {
			*f.value(into) = f.ValueOf(from)
		}
	}
}

// CopySharedFacts copies all shared facts from one customer to another, with their
// DeskChanges.
func CopySharedFacts(into *Customer, from Customer) {
	into.DeskChanges = from.DeskChanges
	for _, f := range SharedFacts {
		*f.value(into) = f.ValueOf(from)
	}
}

// Fingerprint returns the fingerprint of the line that an import would have for c. It
// equals Origin until something is changed at the desk.
func (c Customer) Fingerprint() uint64 {
	c.Holdings, c.Origin, c.LineHash, c.DeskChanges = nil, 0, 0, DeskChanges{}
	c.Ended, c.Blocked, c.UnconfirmedSince = time.Time{}, time.Time{}, time.Time{}
	return Fingerprint(c)
}

// ChangedAtDesk returns the facts of c that the customer changed at the desk. For changes
// from before they were noted, it only knows that there were some.
func (c Customer) ChangedAtDesk() DeskChanges {
	if c.DeskChanges == (DeskChanges{}) {
		return DeskChanges{OthersUnknown: c.Fingerprint() != c.Origin}
	}
	return c.DeskChanges
}

// NoteDeskChanges notes the facts of c that differ from before, which the customer
// changed at the desk in this transaction.
func (c *Customer) NoteDeskChanges(before Customer) {
	c.DeskChanges = before.ChangedAtDesk()
	for _, f := range SharedFacts {
		f.noteDeskChange(c, before)
	}
}
