package lines

// A Record is what a line stands for, checked as far as that goes without the
// store and the other lines.
type Record struct {
	Ref    RecordRef
	Origin uint64 // fingerprint of the line
	Facts  any    // a store.Customer, Product, Application, Account or ActivationNumber, or a Removal; nil if the line has problems
}

// RecordRef names what a line is about: no two lines about the same differ.
type RecordRef struct{ Type, ID string }

// The types of lines.
const (
	CustomerType    = "customer"
	ProductType     = "product"
	ApplicationType = "application"
	AccountType     = "account"
	NumberType      = "activation_number"
	RemovedType     = "removed"
)

var types = []string{CustomerType, ProductType, ApplicationType, AccountType, NumberType, RemovedType}
