package store

// Keys of records, by what they are looked up by.
func (tx *Tx) CustomerKey(id CustomerID) string       { return tx.customerKey(id) }
func (tx *Tx) ProductKey(id ProductID) string         { return tx.productKey(id) }
func (tx *Tx) AccountKey(id CustomerID) string        { return tx.accountKey(id) }
func (tx *Tx) ApplicationKey(id ApplicationID) string { return tx.applicationKey(id) }
func (tx *Tx) UsernameKey(name string) string         { return tx.usernameKey(name) }
func (tx *Tx) HandleKey(handle []byte) string         { return tx.handleKey(handle) }
func (tx *Tx) PersonKey(p Person) string              { return tx.personKey(p) }
func (tx *Tx) ProductNumberKey(lookup string) string  { return tx.productNumberKey(lookup) }
func (tx *Tx) NumberKey(digits string) string         { return numberKey(tx.NumberID(digits)) }
func (m Message) TurnKey() string                     { return turnKey(m.Channel, m.Due, m.ID) }
func (m Message) Key() string                         { return messageKey(m.ID) }
