package store

// OwnValue returns the value of the fact, and whether it is or may be the customer's own instead of the bank's.
func (f SharedFact) OwnValue(c Customer) (value string, own bool) {
	return f.ValueOf(c), *f.changedAtDesk(&c.DeskChanges) || c.DeskChanges.OthersUnknown
}

// BankValue returns the bank's last value of the fact. If it is unknown, because the customer has changed the fact and no
// import has come since, BankValue returns the customer's own value.
func (f SharedFact) BankValue(c Customer) (value string, known bool) {
	if says := *f.bankValue(&c.DeskChanges.BankFacts); says != nil {
		return *says, true
	}
	return f.ValueOf(c), !*f.changedAtDesk(&c.DeskChanges)
}

// SetBankValue sets the fact of c to the bank's value.
func (f SharedFact) SetBankValue(c *Customer, says string) { *f.value(c) = says }

// SetOwnValue sets the fact of c, which has the bank's value, to the customer's own value. If both values are equal, the
// bank's value is recorded as unknown.
func (f SharedFact) SetOwnValue(c *Customer, value string) {
	sees := f.value(c)
	*f.changedAtDesk(&c.DeskChanges) = true
	if says := *sees; says != value {
		*f.bankValue(&c.DeskChanges.BankFacts) = &says
	}
	*sees = value
}
