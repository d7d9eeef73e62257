package transfer

import "loket/flows/transfer/lines"

// Summary counts the effects of the lines of a file.
type Summary struct {
	Customers         EffectCount `json:"customers"`
	Products          EffectCount `json:"products"`
	Applications      EffectCount `json:"applications"`
	Accounts          EffectCount `json:"accounts"`
	ActivationNumbers EffectCount `json:"activation_numbers"`
	Removed           EffectCount `json:"removed"` // In Removed, Changed counts records that had not ended before.

	// Warnings are the first warnings: about values that were imported but are not as they should be.
	Warnings []Problem `json:"warnings,omitempty"`
	Warned   int       `json:"warned,omitzero"`

	Ended map[string]int `json:"ended,omitempty"` // Ended counts records that ended, by type and kind of end.
	// ErasedLeftOut counts customers whose lines were left out, because they were erased here.
	ErasedLeftOut int `json:"erased_left_out,omitzero"`
	// MissingKept counts records that a full file lacks and that did not end, because a line that cannot be read may be about them.
	MissingKept int `json:"missing_kept,omitzero"`
	// KeptFields counts by field how often a customer's own value was kept because it differs from the file.
	KeptFields map[string]int `json:"kept,omitempty"`
}

func (s *Summary) countKeptField(field string) {
	if s.KeptFields == nil {
		s.KeptFields = map[string]int{}
	}
	s.KeptFields[field]++
}

// Keys of Summary.Ended. The status of a customer gives another key.
const (
	keyCustomersRemoved  = "customers removed"
	keyProductsClosed    = "products closed"
	keyProductsRemoved   = "products removed"
	keyHoldersRemoved    = "holders removed"
	keyApplicationsEnded = "applications withdrawn"
	keyMessagesWithdrawn = "messages withdrawn"
)

func (s *Summary) countEnded(what string, many int) {
	if many == 0 {
		return
	}
	if s.Ended == nil {
		s.Ended = map[string]int{}
	}
	s.Ended[what] += many
}

// EffectCount counts the lines of one type by their effect.
type EffectCount struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

// SumCounts returns the sum of the counts of all types.
func (s Summary) SumCounts() (all EffectCount) {
	for _, c := range []EffectCount{s.Customers, s.Products, s.Applications, s.Accounts, s.ActivationNumbers, s.Removed} {
		all.New += c.New
		all.Changed += c.Changed
		all.Unchanged += c.Unchanged
	}
	return all
}

// TotalLines returns the number of lines of one type.
func (c EffectCount) TotalLines() int { return c.New + c.Changed + c.Unchanged }

// A lineEffect is the effect of a line on the store.
type lineEffect int

const (
	effectUnchanged lineEffect = iota
	effectChanged
	effectAdded
)

// countForType returns where the lines of a type are counted.
func (s *Summary) countForType(kind string) *EffectCount {
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

func (s *Summary) countLineEffect(kind string, effect lineEffect) {
	c := s.countForType(kind)
	switch effect {
	case effectAdded:
		c.New++
	case effectChanged:
		c.Changed++
	case effectUnchanged:
		c.Unchanged++
	}
}
