package customer

import (
	"fmt"

	"loket/store"
)

// about returns err with the customer whom it is about.
func about(id store.CustomerID, err error) error { return fmt.Errorf("customer %s: %w", id, err) }
