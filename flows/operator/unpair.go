package operator

import (
	"context"
	"errors"
	"slices"
	"strings"

	"loket/flows/desk"
	"loket/store"
)

// ErrNoPhone means that the customer has not paired a phone with the given name.
var ErrNoPhone = errors.New("the customer has no phone of that name")

// outcomeUnpaired is the outcome of UnpairPhone in the audit log.
const outcomeUnpaired = "phone removed"

// UnpairPhone removes a phone from a customer's account, and sends the customer a message about it. Visits that began with the
// phone end. Each phone of a customer has a unique name, and its case does not matter. The error is ErrUnknownCustomer,
// ErrNoAccount or ErrNoPhone.
func UnpairPhone(ctx context.Context, d *desk.Desk, id store.CustomerID, phone string) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		if _, found := tx.Customer(id); !found {
			return ErrUnknownCustomer
		}
		a, found := tx.Account(id)
		if !found {
			return ErrNoAccount
		}
		i := slices.IndexFunc(a.Passkeys, func(k store.Passkey) bool { return strings.EqualFold(k.Name, phone) })
		if i < 0 {
			return ErrNoPhone
		}
		RemovePhone(tx, d, a, i)
		recordOperatorAction(d, tx, id, "customer unpair", outcomeUnpaired)
		return nil
	})
}

// RemovePhone removes the i-th phone from an account, and sends the customer a message.
func RemovePhone(tx *store.Tx, d *desk.Desk, a store.Account, i int) {
	name := a.Passkeys[i].Name
	a.Passkeys = slices.Delete(slices.Clone(a.Passkeys), i, i+1)
	tx.PutAccount(a)
	d.NotifyCustomer(tx, a.Customer, desk.TemplatePhoneRemoved, map[string]string{"phone": name})
}
