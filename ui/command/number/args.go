package number

import (
	"fmt"

	"loket/store"
)

// numberArgs say which number is meant: that of a person for an application. The digits
// do not, because they are secret, and everybody on the machine can read arguments.
type numberArgs struct {
	Application store.ApplicationID `required:"" placeholder:"ID" help:"Number of the application."`
	Customer    store.CustomerID    `required:"" placeholder:"ID" help:"Number of the customer, who must be an applicant."`
}

// explain returns err with what it is about.
func (w numberArgs) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("customer %s, application %s: %w", w.Customer, w.Application, err)
}
