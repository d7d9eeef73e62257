package transfer

import "loket/flows/transfer/lines"

// Summary counts the effects of the lines of a file.
type Summary struct {
	Customers         Count `json:"customers"`
	Products          Count `json:"products"`
	Applications      Count `json:"applications"`
	Accounts          Count `json:"accounts"`
	ActivationNumbers Count `json:"activation_numbers"`
	Removed           Count `json:"removed"` // In Removed, Changed counts records that had not ended before.

	// Warnings are the first warnings: about values that were imported but are not as they should be.
	Warnings []Problem `json:"warnings,omitempty"`
	Warned   int       `json:"warned,omitzero"`

	Ended map[string]int `json:"ended,omitempty"` // Ended counts records that ended, by type and kind of end.
	// KeptFields counts by field how often a customer's own value was kept because it differs from the file.
	KeptFields map[string]int `json:"kept,omitempty"`
}

func (s *Summary) countKept(field string) {
	if s.KeptFields == nil {
		s.KeptFields = map[string]int{}
	}
	s.KeptFields[field]++
}

// Keys of Summary.Ended. The status of a customer gives another key.
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

// Count counts the lines of one type by their effect.
type Count struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

// Total returns the sum of the counts of all types.
func (s Summary) Total() (all Count) {
	for _, c := range []Count{s.Customers, s.Products, s.Applications, s.Accounts, s.ActivationNumbers, s.Removed} {
		all.New += c.New
		all.Changed += c.Changed
		all.Unchanged += c.Unchanged
	}
	return all
}

// Total returns the number of lines of one type.
func (c Count) Total() int { return c.New + c.Changed + c.Unchanged }

// A lineEffect is the effect of a line on the store.
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
