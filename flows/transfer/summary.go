package transfer

import "loket/flows/transfer/lines"

// Summary counts what became of the lines of a file.
type Summary struct {
	Customers         Count `json:"customers"`
	Products          Count `json:"products"`
	Applications      Count `json:"applications"`
	Accounts          Count `json:"accounts"`
	ActivationNumbers Count `json:"activation_numbers"`
	Removed           Count `json:"removed"` // changed are those that had not ended yet

	Warnings []Problem `json:"warnings,omitempty"` // the first of them: what was taken in, and is not as it should be
	Warned   int       `json:"warned,omitempty"`

	Ended      map[string]int `json:"ended,omitempty"` // how much ended, by what it is
	KeptFields map[string]int `json:"kept,omitempty"`  // how often something else than the file says is the customer's own, by field
}

func (s *Summary) countKept(field string) {
	if s.KeptFields == nil {
		s.KeptFields = map[string]int{}
	}
	s.KeptFields[field]++
}

// What ends, as Summary.Ended has it. The status of a customer is another.
const (
	customersRemoved  = "customers removed"
	productsClosed    = "products closed"
	productsRemoved   = "products removed"
	holdersRemoved    = "holders removed"
	applicationsEnded = "applications withdrawn"
	messagesWithdrawn = "messages withdrawn"
	leftUnread        = "left, because a line that cannot be read may be about them"
)

func (s *Summary) end(what string, many int) {
	if many == 0 {
		return
	}
	if s.Ended == nil {
		s.Ended = map[string]int{}
	}
	s.Ended[what] += many
}

// Count counts the lines of one type.
type Count struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

// Total adds up the counts of every type.
func (s Summary) Total() (all Count) {
	for _, c := range []Count{s.Customers, s.Products, s.Applications, s.Accounts, s.ActivationNumbers, s.Removed} {
		all.New += c.New
		all.Changed += c.Changed
		all.Unchanged += c.Unchanged
	}
	return all
}

// Total is how many lines there were of a type.
func (c Count) Total() int { return c.New + c.Changed + c.Unchanged }

// A lineEffect is what a line does to the store.
type lineEffect int

const (
	effectUnchanged lineEffect = iota
	effectChanged
	effectAdded
)

// countOf returns where the lines of a type are counted.
func (s *Summary) countOf(kind string) *Count {
	switch kind {
	case lines.CustomerType:
		return &s.Customers
	case lines.ProductType:
		return &s.Products
	case lines.ApplicationType:
		return &s.Applications
	case lines.AccountType:
		return &s.Accounts
	case lines.NumberType:
		return &s.ActivationNumbers
	}
	return &s.Removed
}

func (s *Summary) countEffect(kind string, effect lineEffect) {
	c := s.countOf(kind)
	switch effect {
	case effectAdded:
		c.New++
	case effectChanged:
		c.Changed++
	case effectUnchanged:
		c.Unchanged++
	}
}
