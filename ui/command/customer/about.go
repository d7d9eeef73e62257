package customer

import (
	"fmt"

	"loket/store"
)

// customerError adds the ID of the customer to an error.
func customerError(id store.CustomerID, err error) error {
	return fmt.Errorf("customer %s: %w", id, err)
}
