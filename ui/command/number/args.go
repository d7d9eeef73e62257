package number

import (
	"fmt"

	"loket/store"
)

// numberArgs identify an activation number by its application and its customer. They do not contain the digits, which are
// secret, because everybody on the machine can read the arguments of a process.
type numberArgs struct {
	Application store.ApplicationID `required:"" placeholder:"ID" help:"Number of the application."`
	Customer    store.CustomerID    `required:"" placeholder:"ID" help:"Number of the customer, who must be an applicant."`
}

// addNumberContext adds the customer and the application to an error.
func (w numberArgs) addNumberContext(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("customer %s, application %s: %w", w.Customer, w.Application, err)
}
