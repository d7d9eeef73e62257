package store

import (
	"time"

	"loket/store/fingerprint"
)

// DeskChanges says which facts a customer has changed at the desk. An import leaves these facts alone until the bank changes
// its own value.
type DeskChanges struct {
	Email    bool `cbor:"1,keyasint,omitempty"`
	Phone    bool `cbor:"2,keyasint,omitempty"` // Phone is also set if the customer removed the number.
	Language bool `cbor:"3,keyasint,omitempty"`
	// OthersUnknown says that the customer may have changed other facts, in a time when changes were not noted.
	OthersUnknown bool      `cbor:"4,keyasint,omitempty"`
	BankFacts     BankFacts `cbor:"5,keyasint,omitzero"`
	LetterPrint   bool      `cbor:"6,keyasint,omitempty"`
}

// BankFacts has the bank's last values of facts that the customer changed. A value is nil if it is unknown because no import
// has come since an old change.
type BankFacts struct {
	Email       *string `cbor:"1,keyasint,omitempty"`
	Phone       *string `cbor:"2,keyasint,omitempty"`
	Language    *string `cbor:"3,keyasint,omitempty"`
	LetterPrint *string `cbor:"4,keyasint,omitempty"`
}

// A SharedFact is a fact that both the bank and the customer can change.
type SharedFact struct {
	Name          string // Name is the name of the field in an import.
	value         func(*Customer) *string
	changedAtDesk func(*DeskChanges) *bool
	bankValue     func(*BankFacts) **string
	isAlwaysNoted bool // isAlwaysNoted means that every program that could change the fact noted the change.
}

// SharedFacts lists all shared facts.
var SharedFacts = []SharedFact{
	{"email", func(c *Customer) *string { return &c.Email }, func(d *DeskChanges) *bool { return &d.Email }, func(b *BankFacts) **string { return &b.Email }, false},
	{"phone", func(c *Customer) *string { return &c.Phone }, func(d *DeskChanges) *bool { return &d.Phone }, func(b *BankFacts) **string { return &b.Phone }, false},
	{"language", func(c *Customer) *string { return &c.Language }, func(d *DeskChanges) *bool { return &d.Language }, func(b *BankFacts) **string { return &b.Language }, false},
	{"letter_print", func(c *Customer) *string { return (*string)(&c.LetterPrint) }, func(d *DeskChanges) *bool { return &d.LetterPrint }, func(b *BankFacts) **string { return &b.LetterPrint }, true},
}

// ValueForCustomer returns the value of the fact for the customer c.
func (f SharedFact) ValueForCustomer(c Customer) string { return *f.value(&c) }

// ApplyBankValue updates a fact of the customer c with the bank's value. If the customer has changed the fact and the bank's
// value is the same as before, the customer's own value is kept, and ApplyBankValue returns true (R23). The bank's value is
// stored separately only if it differs from the customer's.
func (f SharedFact) ApplyBankValue(c *Customer, bankValue string) (kept bool) {
	current, own, bank := f.value(c), f.changedAtDesk(&c.DeskChanges), f.bankValue(&c.DeskChanges.BankFacts)
	kept = *own && *current != bankValue && (*bank == nil || **bank == bankValue)
	if kept {
		*bank = &bankValue
		return true
	}
	*current, *own, *bank = bankValue, false, nil
	return false
}

// noteDeskChange notes that the customer has changed the fact, if its value differs from before.
func (f SharedFact) noteDeskChange(c *Customer, before Customer) {
	current, own, bank, was := f.value(c), f.changedAtDesk(&c.DeskChanges), f.bankValue(&c.DeskChanges.BankFacts), f.ValueForCustomer(before)
	if *current == was {
		return
	}
	if !*own && (f.isAlwaysNoted || !c.DeskChanges.OthersUnknown) {
		*bank = &was
	}
	*own = true
	if *bank != nil && **bank == *current {
		*own, *bank = false, nil
	}
}

// CopyMarkedFacts copies the facts marked in d from one customer to another.
func (d DeskChanges) CopyMarkedFacts(into *Customer, from Customer) {
	for _, f := range SharedFacts {
		if *f.changedAtDesk(&d) {
			*f.value(into) = f.ValueForCustomer(from)
		}
	}
}

// CopySharedFacts copies all shared facts from one customer to another, including their DeskChanges.
func CopySharedFacts(into *Customer, from Customer) {
	into.DeskChanges = from.DeskChanges
	for _, f := range SharedFacts {
		*f.value(into) = f.ValueForCustomer(from)
	}
}

// LineFingerprint returns the fingerprint of an import line with the facts of c. It equals Origin until something is changed at
// the desk.
func (c Customer) LineFingerprint() uint64 {
	c.Holdings, c.Origin, c.LineHash, c.DeskChanges = nil, 0, 0, DeskChanges{}
	c.Ended, c.Blocked, c.UnconfirmedSince, c.DeceasedSince, c.LastProductEnd = time.Time{}, time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return fingerprint.OfRecord(c)
}

// FactsChangedAtDesk returns the facts that the customer has changed at the desk. For changes that were made before changes were
// noted, it only returns that there are some.
func (c Customer) FactsChangedAtDesk() DeskChanges {
	if c.DeskChanges == (DeskChanges{}) {
		return DeskChanges{OthersUnknown: c.LineFingerprint() != c.Origin}
	}
	return c.DeskChanges
}

// NoteDeskChanges notes which facts of c differ from before, because the customer changed them at the desk in this
// transaction.
func (c *Customer) NoteDeskChanges(before Customer) {
	c.DeskChanges = before.FactsChangedAtDesk()
	for _, f := range SharedFacts {
		f.noteDeskChange(c, before)
	}
}

// CustomerValue returns the value of the fact, and whether it is or may be the customer's own instead of the bank's.
func (f SharedFact) CustomerValue(c Customer) (value string, own bool) {
	return f.ValueForCustomer(c), *f.changedAtDesk(&c.DeskChanges) || c.DeskChanges.OthersUnknown && !f.isAlwaysNoted
}

// LastBankValue returns the bank's last value of the fact. If it is unknown, because the customer has changed the fact and no
// import has come since, LastBankValue returns the customer's own value.
func (f SharedFact) LastBankValue(c Customer) (value string, known bool) {
	if says := *f.bankValue(&c.DeskChanges.BankFacts); says != nil {
		return *says, true
	}
	return f.ValueForCustomer(c), !*f.changedAtDesk(&c.DeskChanges)
}

// SetBankValue sets the fact of c to the bank's value.
func (f SharedFact) SetBankValue(c *Customer, says string) { *f.value(c) = says }

// SetCustomerValue sets the fact of c, which has the bank's value, to the customer's own value. If both values are equal, the
// bank's value is recorded as unknown.
func (f SharedFact) SetCustomerValue(c *Customer, value string) {
	sees := f.value(c)
	*f.changedAtDesk(&c.DeskChanges) = true
	if says := *sees; says != value {
		*f.bankValue(&c.DeskChanges.BankFacts) = &says
	}
	*sees = value
}
