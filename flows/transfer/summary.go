package transfer

// Summary counts what became of the lines of a file.
type Summary struct {
	Customers         Count `json:"customers"`
	Products          Count `json:"products"`
	Applications      Count `json:"applications"`
	Accounts          Count `json:"accounts"`
	ActivationNumbers Count `json:"activation_numbers"`
}

// Count counts the lines of one type.
type Count struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
}

// All adds up the counts of every type.
func (s Summary) All() (all Count) {
	for _, c := range []Count{s.Customers, s.Products, s.Applications, s.Accounts, s.ActivationNumbers} {
		all.New += c.New
		all.Changed += c.Changed
		all.Unchanged += c.Unchanged
	}
	return all
}

// Lines is how many lines there were of a type.
func (c Count) Lines() int { return c.New + c.Changed + c.Unchanged }

// A change is what a line does to the store.
type change int

const (
	unchanged change = iota
	changed
	added
)

func (s *Summary) count(kind string, what change) {
	c := map[string]*Count{
		customerType: &s.Customers, productType: &s.Products, applicationType: &s.Applications,
		accountType: &s.Accounts, numberType: &s.ActivationNumbers,
	}[kind]
	switch what {
	case added:
		c.New++
	case changed:
		c.Changed++
	case unchanged:
		c.Unchanged++
	}
}
