package store

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
