package desk

import (
	"slices"

	"loket/flows/dutch"
	"loket/store"
)

// maxNumbersAtOnce bounds how many numbers are sent at once. A customer gets one for each
// application (A1), and seldom has two applications.
const maxNumbersAtOnce = 10

// RandomNumbers draws the digits of as many activation numbers as SendActivationNumbers can need.
func (d *Desk) RandomNumbers() (digits []string, err error) {
	digits = make([]string, maxNumbersAtOnce)
	for i := range digits {
		if digits[i], err = d.RandomNumber(); err != nil {
			return nil, err
		}
	}
	return digits, nil
}

// SendActivationNumbers sends c a new activation number for each application, and returns the digits that it
// did not use. It skips digits that another number has.
func (d *Desk) SendActivationNumbers(tx *store.Tx, c store.Customer, channel store.Channel, applications []store.Application, digits []string) (unused []string) {
	for len(applications) > 0 && len(digits) > 0 {
		if _, found := tx.Application(applications[0].ID); !found {
			tx.PutApplication(applications[0])
		}
		n, err := d.IssueActivationNumber(tx, digits[0], c.ID, applications[0].ID)
		digits = digits[1:]
		if err != nil {
			continue
		}
		d.SendNumberByChannel(tx, c, channel, n)
		applications = applications[1:]
	}
	return digits
}

// WaitingApplications returns a customer's applications for products that are not opened yet.
func WaitingApplications(tx *store.Tx, c store.Customer) (applications []store.Application) {
	for _, h := range c.Holdings {
		if a, found := tx.Application(h.Application); found && h.OpenedAt.IsZero() && slices.Contains(a.Applicants, c.ID) {
			applications = append(applications, a)
		}
	}
	return applications
}

// AccountApplication returns an application for an account without a product, for a customer who was never invited (A7). The
// application is stored when a number is issued for it.
func AccountApplication(tx *store.Tx, c store.Customer) store.Application {
	id := store.ApplicationID("ACCOUNT-" + string(c.ID))
	if a, found := tx.Application(id); found {
		return a
	}
	return store.Application{ID: id, Applicants: []store.CustomerID{c.ID}, Submitted: dutch.DateOf(tx.Now).String()}
}
