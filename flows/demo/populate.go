package demo

import (
	"bytes"
	"context"

	"loket/flows/dutch"
	"loket/flows/intake"
	"loket/store"
)

// spent is the activation number that its owner has used, which an import cannot
// say of one.
const spent = "642075913388"

// populate takes in the customers as they are on a date.
func populate(ctx context.Context, s *store.Store, today dutch.Date) error {
	lines, err := customers(today)
	if err != nil {
		return err
	}
	if _, err := intake.Import(ctx, s, bytes.NewReader(lines), func(intake.Phase, int64, int64) {}); err != nil {
		return err
	}
	return s.Update(ctx, func(tx *store.Tx) error {
		spend(tx, spent)
		return nil
	})
}

// spend uses a number up on the day on which it was issued, and opens the product
// that was applied for.
func spend(tx *store.Tx, number string) {
	n, _ := tx.Number(number)
	n.Used = dutch.DateOf(n.Issued).At(16 * dutch.Hour)
	tx.PutNumber(n)
	application, _ := tx.Application(n.Application)
	owner, _ := tx.Customer(n.Customer)
	holding := owner.Hold(application.Product)
	holding.Application, holding.Opened = application.ID, n.Used
	tx.PutCustomer(owner)
}
