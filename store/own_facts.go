package store

// OwnValue returns the value of the fact if it is the customer's own, or may be.
func (f SharedFact) OwnValue(c Customer) (value string, own bool) {
	return f.ValueOf(c), *f.changedAtDesk(&c.DeskChanges) || c.DeskChanges.OthersUnknown
}

// BankValue returns what the bank last said of the fact. If the fact is the customer's own, and
// nothing has come from the bank since, it is not known, and the customer's own value is returned.
func (f SharedFact) BankValue(c Customer) (value string, known bool) {
	if says := *f.bank(&c.DeskChanges.BankFacts); says != nil {
		return *says, true
	}
	return f.ValueOf(c), !*f.changedAtDesk(&c.DeskChanges)
}

// SetBankValue has c see what the bank says of the fact.
func (f SharedFact) SetBankValue(c *Customer, says string) { *f.value(c) = says }

// SetOwnValue makes the fact the customer's own, where c has what the bank says of it. If both are
// the same, it is not known what the bank says.
func (f SharedFact) SetOwnValue(c *Customer, value string) {
	sees := f.value(c)
	*f.changedAtDesk(&c.DeskChanges) = true
	if says := *sees; says != value {
		*f.bank(&c.DeskChanges.BankFacts) = &says
	}
	*sees = value
}
