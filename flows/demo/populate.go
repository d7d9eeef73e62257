package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer"
	"loket/store"
)

// usedActivationNumber is an activation number that its owner has already used. The demo marks it as used after the import, because the
// import has no field for used numbers.
const usedActivationNumber = "642075913388"

// importCustomers imports the customers of the demo, with dates relative to today. It returns their activation numbers, because the
// store does not keep the digits.
func importCustomers(ctx context.Context, d *desk.Desk, today dutch.Date) (numbersByCustomer, error) {
	lines, err := customersImport(today)
	if err != nil {
		return nil, err
	}
	if _, err := transfer.Import(ctx, d, bytes.NewReader(lines), transfer.Options{}); err != nil {
		return nil, err
	}
	if err := d.Store.Update(ctx, func(tx *store.Tx) error {
		markNumberUsed(tx, usedActivationNumber)
		return nil
	}); err != nil {
		return nil, err
	}
	return parseNumbers(lines)
}

// numbersByCustomer maps each customer to the digits of their activation numbers, newest first.
type numbersByCustomer map[store.CustomerID][]string

// parseNumbers returns the activation numbers in an import.
func parseNumbers(lines []byte) (numbersByCustomer, error) {
	type number struct {
		Type, Number, Issued string
		Customer             store.CustomerID
	}
	var all []number
	for line := range bytes.Lines(lines) {
		var n number
		if err := json.Unmarshal(line, &n); err != nil {
			return nil, fmt.Errorf("read the activation numbers of the demo: %w", err)
		}
		if n.Type == "activation_number" {
			all = append(all, n)
		}
	}
	slices.SortStableFunc(all, func(a, b number) int { return cmp.Compare(b.Issued, a.Issued) })
	of := numbersByCustomer{}
	for _, n := range all {
		of[n.Customer] = append(of[n.Customer], n.Number)
	}
	return of, nil
}

// markNumberUsed marks an activation number as used on the day of its issue, and opens its product.
func markNumberUsed(tx *store.Tx, number string) {
	n, _ := tx.Number(number)
	n.Used = dutch.DateOf(n.Issued).TimeAt(16 * dutch.Hour)
	tx.PutNumber(n)
	application, _ := tx.Application(n.Application)
	owner, _ := tx.Customer(n.Customer)
	holding := owner.AddHolding(application.Product)
	holding.Application, holding.OpenedAt = application.ID, n.Used
	tx.PutCustomer(owner)
}
