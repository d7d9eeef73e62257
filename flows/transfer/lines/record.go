package lines

// A LineRecord is the content of a line, checked as far as possible without the store and the other lines.
type LineRecord struct {
	Ref    RecordRef
	Origin uint64 // Origin is the fingerprint of the line.
	// Facts is a store.Customer, Product, Application, Account or ActivationNumber, or a Removal. It is nil if the line has
	// problems.
	Facts any
}

// A RecordRef names the record that a line describes. A file may contain several lines about a record only if they are
// identical.
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
