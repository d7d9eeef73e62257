package customer

import (
	"fmt"

	"loket/store"
)

// errorAbout returns err with the customer whom it is about.
func errorAbout(id store.CustomerID, err error) error { return fmt.Errorf("customer %s: %w", id, err) }
