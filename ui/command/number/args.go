package number

import (
	"fmt"

	"loket/store"
)

// numberArgs name a number by its application and its customer. They do not have the digits, which
// are secret: everybody on the machine can read arguments.
type numberArgs struct {
	Application store.ApplicationID `required:"" placeholder:"ID" help:"Number of the application."`
	Customer    store.CustomerID    `required:"" placeholder:"ID" help:"Number of the customer, who must be an applicant."`
}

// addContext returns err with the customer and the application.
func (w numberArgs) addContext(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("customer %s, application %s: %w", w.Customer, w.Application, err)
}
