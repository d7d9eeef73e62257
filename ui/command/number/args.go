package number

import (
	"fmt"

	"loket/store"
)

// whose names the number of a person for an application, without the digits:
// these are secret, and everybody on the machine can read arguments.
type numberArgs struct {
	Application store.ApplicationID `required:"" placeholder:"ID" help:"Number of the application."`
	Customer    store.CustomerID    `required:"" placeholder:"ID" help:"Number of the customer, who must be an applicant."`
}

// explained is err with the numbers that it is about.
func (w numberArgs) explained(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("customer %s, application %s: %w", w.Customer, w.Application, err)
}
