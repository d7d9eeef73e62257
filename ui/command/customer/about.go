package customer

import (
	"fmt"

	"loket/store"
)

// addCustomerID adds the ID of the customer to an error.
func addCustomerID(id store.CustomerID, err error) error {
	return fmt.Errorf("customer %s: %w", id, err)
}
