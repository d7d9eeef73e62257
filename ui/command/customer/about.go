package customer

import (
	"fmt"

	"loket/store"
)

// customerError returns err with the customer whom it is about.
func customerError(id store.CustomerID, err error) error {
	return fmt.Errorf("customer %s: %w", id, err)
}
